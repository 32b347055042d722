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
}

/** Bounds the recordings in memory, and refuses uploads before they are read. */
export class Admission {
  readonly #options: AdmissionOptions
  #uploads = 0
  /** Bytes of the uploads and of the held recordings. */
  #bytes = 0

  constructor(options: AdmissionOptions) {
    this.#options = options
  }

  /**
   * Receives an upload.
   * @throws QueueFullError
   */
  async receive(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
    const { queue, maxUploads, maxBytes, maxTotalBytes = Math.max(2 ** 28, 8 * maxBytes) } = this.#options
    if (queue.isFull || this.#uploads >= maxUploads) throw new QueueFullError('There is no place for an upload')
    this.#uploads++
    let received = 0
    const count = (length: number) => {
      received += length
      this.#bytes += length
      if (this.#bytes > maxTotalBytes) throw new QueueFullError('There is no memory for an upload')
    }
    try {
      return await receiveRecording(counted(chunks, count), maxBytes)
    } finally {
      this.#uploads--
      this.#bytes -= received
    }
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
