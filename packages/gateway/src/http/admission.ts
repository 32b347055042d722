import type { Queue } from './queue.ts'
import { QueueFullError } from './queue.ts'
import { receiveRecording } from './receive-recording.ts'

interface AdmissionOptions {
  queue: Pick<Queue, 'isFull'>
  /** Size limit of a recording in bytes. */
  maxBytes: number
  /** Limit of the uploads at the same time. */
  maxUploads: number
  /** Limit of the bytes in memory; default: 256 MiB, or eight recordings of the full size. */
  maxTotalBytes?: number | undefined
  /** Time in milliseconds after which a paused upload may lose its place; default: 2000. */
  patience?: number | undefined
}

interface Upload {
  /** The time of its last bytes, as of `performance.now()`. */
  last: number
  refuse: (error: Error) => void
}

/** Bounds the recordings in memory, and refuses uploads before they are read. */
export class Admission {
  readonly #options: AdmissionOptions
  readonly #uploads = new Set<Upload>()
  /** Bytes of the uploads and of the held recordings. */
  #bytes = 0

  constructor(options: AdmissionOptions) {
    this.#options = options
  }

  /**
   * Receives an upload. It may be refused later if it pauses while others wait for a place.
   * @throws QueueFullError
   */
  async receive(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
    const { queue, maxBytes, maxTotalBytes = Math.max(2 ** 28, 8 * maxBytes) } = this.#options
    if (queue.isFull || !this.#hasPlace()) throw new QueueFullError('There is no place for an upload')
    const upload: Upload = { last: performance.now(), refuse() {} }
    const refused = new Promise<never>((_, reject) => (upload.refuse = reject))
    this.#uploads.add(upload)
    let received = 0
    const count = (length: number) => {
      if (!this.#uploads.has(upload)) throw new QueueFullError('The upload has lost its place')
      upload.last = performance.now()
      received += length
      this.#bytes += length
      if (this.#bytes > maxTotalBytes) throw new QueueFullError('There is no memory for an upload')
    }
    try {
      return await Promise.race([receiveRecording(counted(chunks, count), maxBytes), refused])
    } finally {
      this.#uploads.delete(upload)
      this.#bytes -= received
    }
  }

  /** If all places are taken, frees that of the upload that has paused longest. */
  #hasPlace(): boolean {
    const { maxUploads, patience = 2000 } = this.#options
    if (this.#uploads.size < maxUploads) return true
    const [slowest] = [...this.#uploads].toSorted((one, other) => one.last - other.last)
    if (!slowest || performance.now() - slowest.last < patience) return false
    this.#uploads.delete(slowest)
    slowest.refuse(new QueueFullError('The upload has paused, and another needs its place'))
    return true
  }

  /** Holds the memory of a recording until the work is over. */
  async hold<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    this.#bytes += bytes
    try {
      return await work()
    } finally {
      this.#bytes -= bytes
    }
  }
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  count: (length: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    count(chunk.length)
    yield chunk
  }
}
