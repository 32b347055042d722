import type { FilePart } from '@livepeer-ai/server'
import type { Streaming, TranscribeOptions, Transcriber, Transcript } from '../transcriber.ts'
import type { Admission } from './admission.ts'
import type { Metrics } from './metrics.ts'
import type { Queue } from './queue.ts'

/** A recording that has arrived, or has been passed on while it arrived. */
export interface Upload {
  transcribe: (options: TranscribeOptions & { signal: AbortSignal }) => Promise<Transcript>
  /** Ends the work of a recording whose request is refused. */
  discard: (reason: unknown) => void
}

interface Places {
  transcriber: Transcriber
  queue: Queue
  admission: Admission
  metrics: Pick<Metrics, 'transcription'>
  concurrency: number
}

/** Shorter recordings are kept, so that they can be sent to another server. In bytes. */
const headSize = 1024 * 1024

/** Returns the receiver of the gateway's uploads. It streams long recordings if it can. */
export function createUploadReceiver(
  places: Places,
): (part: FilePart, bytes: AsyncIterable<Uint8Array>, refused: AbortSignal) => Promise<Upload> {
  const { transcriber, queue, admission, metrics, concurrency } = places
  return async (part, bytes, refused) => {
    // Slow uploads must not take all places.
    const { streaming } = transcriber
    const mayStream = part.name === 'audio' && streaming?.isReady && queue.running < concurrency / 2
    if (!streaming || !mayStream) return keep(part, await admission.receive(bytes), places)
    const chunks = bytes[Symbol.asyncIterator]()
    const head = await admission.receive(takeHead(chunks))
    if (head.length < headSize) return keep(part, head, places)
    return pass(
      part,
      [head, chunks],
      (input, options) => queue.run(() => streaming.transcribe(input, options), refused),
      refused,
      metrics,
    )
  }
}

function keep({ filename, mediaType }: FilePart, bytes: Uint8Array, places: Places): Upload {
  const { transcriber, queue, admission, metrics } = places
  const size = bytes.length
  return {
    transcribe(options) {
      const { signal } = options
      const work = () =>
        timed(withSignal(transcriber.transcribe({ bytes, filename, mediaType }, options), signal), metrics)
      return admission.hold(size, () => queue.run(work, signal))
    },
    discard() {},
  }
}

async function timed(work: Promise<Transcript>, metrics: Places['metrics']): Promise<Transcript> {
  const begin = performance.now()
  const transcript = await work
  metrics.transcription(transcript.duration, (performance.now() - begin) / 1000)
  return transcript
}

/** Rejects when the signal aborts, even if the transcriber does not. */
function withSignal<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
    work.then(resolve, reject)
  })
}

async function* takeHead(chunks: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (let size = 0; size < headSize;) {
    const { done, value } = await chunks.next()
    if (done) return
    size += value.length
    yield value
  }
}

/** Resolves when the recording has been passed on, or need not be. */
async function pass(
  { filename, mediaType }: FilePart,
  [head, chunks]: [Uint8Array, AsyncIterator<Uint8Array>],
  transcribe: Streaming['transcribe'],
  refused: AbortSignal,
  metrics: Places['metrics'],
): Promise<Upload> {
  let know!: (options: TranscribeOptions) => void
  let discard!: (reason: unknown) => void
  const options = new Promise<TranscribeOptions>((resolve, reject) => {
    know = resolve
    discard = reject
  })
  options.catch(() => {})
  refused.addEventListener('abort', () => discard(refused.reason))

  const source = new Source(chunks)
  const transcript = transcribe({ chunks: source.read(head), filename, mediaType }, options)
  await Promise.race([source.ended, Promise.allSettled([transcript])])
  await source.stop()
  return {
    transcribe(known) {
      know(known)
      return timed(withSignal(transcript, known.signal), metrics)
    },
    discard,
  }
}

/** The chunks of an upload, until its reader or the upload ends. */
class Source {
  readonly #chunks: AsyncIterator<Uint8Array>
  #reading: Promise<unknown> = Promise.resolve()
  #isStopped = false
  #end!: () => void
  readonly ended: Promise<void> = new Promise((resolve) => (this.#end = resolve))

  constructor(chunks: AsyncIterator<Uint8Array>) {
    this.#chunks = chunks
  }

  async *read(head: Uint8Array): AsyncGenerator<Uint8Array> {
    yield head
    while (!this.#isStopped) {
      const next = this.#chunks.next()
      this.#reading = next
      const { done, value } = await next
      if (done) break
      yield value
    }
    this.#end()
  }

  /** Waits for the chunk that is being read. Throws the error of an upload that breaks off. */
  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#reading
  }
}
