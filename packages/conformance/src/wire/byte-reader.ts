import type { Socket } from 'node:net'

/** Reads a socket piece by piece. Bytes received before an error remain readable. */
export class ByteReader {
  #buffered: Buffer = Buffer.alloc(0)
  #ended = false
  #error: Error | undefined
  readonly #waiting = new Set<() => void>()
  readonly #socket: Socket

  constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => {
      this.#buffered = this.#buffered.length ? Buffer.concat([this.#buffered, chunk]) : chunk
      this.#notify()
    })
    const end = (error?: Error) => {
      this.#ended = true
      this.#error ??= error
      this.#notify()
    }
    socket.on('end', () => end())
    socket.on('close', () => end())
    socket.on('error', end)
  }

  /** Number of bytes that were received and not yet read. */
  get buffered(): number {
    return this.#buffered.length
  }

  /** True if no more bytes will arrive. */
  get ended(): boolean {
    return this.#ended
  }

  get error(): Error | undefined {
    return this.#error
  }

  /**
   * Reads to the end of a delimiter; returns undefined at the end of the connection or the limit.
   */
  async readUntil(delimiter: string, limit: number): Promise<Buffer | undefined> {
    let from = 0
    for (;;) {
      const at = this.#buffered.indexOf(delimiter, from, 'latin1')
      if (at >= 0) return this.#take(at + delimiter.length)
      if (this.#ended || this.#buffered.length > limit) return undefined
      from = Math.max(0, this.#buffered.length - delimiter.length)
      await this.#more()
    }
  }

  /** Reads a number of bytes, or fewer at the end of the connection. */
  async read(length: number): Promise<Buffer> {
    const pieces: Buffer[] = []
    let missing = length
    while (missing > 0) {
      if (this.#buffered.length === 0) {
        if (this.#ended) break
        await this.#more()
        continue
      }
      const piece = this.#take(Math.min(missing, this.#buffered.length))
      pieces.push(piece)
      missing -= piece.length
    }
    return Buffer.concat(pieces)
  }

  /** Resolves when bytes are buffered, the connection has ended or the time is up. */
  async wait(ms: number): Promise<void> {
    if (this.#buffered.length || this.#ended) return
    const timer = setTimeout(() => this.#notify(), ms)
    await this.#more()
    clearTimeout(timer)
  }

  #take(length: number): Buffer {
    const taken = this.#buffered.subarray(0, length)
    this.#buffered = this.#buffered.subarray(length)
    // Resuming only after reading bounds the buffer of a large response.
    if (this.#socket.isPaused()) this.#socket.resume()
    return taken
  }

  async #more(): Promise<void> {
    await new Promise<void>((resolve) => this.#waiting.add(resolve))
  }

  #notify(): void {
    for (const resume of this.#waiting) resume()
    this.#waiting.clear()
    if (this.#buffered.length > 1 << 20) this.#socket.pause()
  }
}
