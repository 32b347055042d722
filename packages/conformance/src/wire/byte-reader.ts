import type { Socket } from 'node:net'

/** Reads a socket piece by piece. What has been received before an error can still be read. */
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

  /** What has been received and not yet read. */
  get buffered(): number {
    return this.#buffered.length
  }

  /** Whether nothing more will come. */
  get ended(): boolean {
    return this.#ended
  }

  get error(): Error | undefined {
    return this.#error
  }

  /** Up to and with the delimiter; undefined when the connection ends or the limit is reached before it. */
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

  /** So many bytes, or fewer when the connection ends before. */
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

  /** Resolves when something is buffered, the connection has ended or the time is over. */
  async wait(ms: number): Promise<void> {
    if (this.#buffered.length || this.#ended) return
    const timer = setTimeout(() => this.#notify(), ms)
    await this.#more()
    clearTimeout(timer)
  }

  #take(length: number): Buffer {
    const taken = this.#buffered.subarray(0, length)
    this.#buffered = this.#buffered.subarray(length)
    // A large answer is read as it comes, not piled up.
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
