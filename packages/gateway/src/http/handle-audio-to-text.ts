import { HttpError, type Call } from '@livepeer-ai/server'
import { AudioTooLongError, EngineError, TranscriberBusyError, UnsupportedAudioError } from '../transcriber-error.ts'
import type { Transcriber } from '../transcriber.ts'
import type { Admission } from './admission.ts'
import { parseFields } from './fields.ts'
import type { Metrics } from './metrics.ts'
import { QueueFullError, type Queue } from './queue.ts'
import { textResponse } from './text-response.ts'

interface AudioToText {
  transcriber: Transcriber
  models: readonly string[]
  queue: Queue
  admission: Admission
  metrics: Metrics
  timeoutMs: number
  /** Receives the errors behind each 502 and 504. */
  onError: ((error: unknown, requestId: string) => void) | undefined
}

export function createAudioToText({
  transcriber,
  models,
  queue,
  admission,
  metrics,
  timeoutMs,
  onError,
}: AudioToText): (call: Call<Uint8Array>) => Promise<Response> {
  return async ({ request, requestId, fields, files }) => {
    const { timestamps } = parseFields(fields, models)
    const audio = files.findLast(({ name }) => name === 'audio')
    if (!audio) throw new HttpError(422, 'The recording is missing.')
    const { value: bytes, filename, mediaType } = audio
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)])
    const transcribe = async () => {
      const begin = performance.now()
      const transcript = await withSignal(
        transcriber.transcribe(
          { bytes, mediaType, filename },
          { words: timestamps === 'word', signal, transfer: true, onPiece: metrics.piece },
        ),
        signal,
      )
      metrics.transcription(transcript.duration, (performance.now() - begin) / 1000)
      return transcript
    }
    const transcript = await admission
      .hold(bytes.length, () => queue.run(transcribe, signal))
      .catch((error: Error) => {
        if (error instanceof EngineError && !signal.aborted) onError?.(error, requestId)
        throw toHttpError(error, queue, metrics)
      })
    return Response.json(textResponse(transcript, timestamps))
  }
}

/** Rejects when the signal aborts, even if the transcriber does not. */
function withSignal<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
    work.then(resolve, reject)
  })
}

/** Returns the error as a response, or itself if it has none. */
export function toHttpError(error: Error, queue: Queue, metrics: Metrics): Error {
  if (error instanceof UnsupportedAudioError) return new HttpError(415, error.message)
  if (error instanceof AudioTooLongError) return new HttpError(413, error.message)
  if (error instanceof EngineError) return new HttpError(error.isTimeout ? 504 : 502, error.problem)
  const isBusy = error instanceof TranscriberBusyError
  if (!isBusy && !(error instanceof QueueFullError)) return error
  const seconds = (isBusy ? error.retryAfter : undefined) ?? Math.ceil(metrics.meanSeconds() * (queue.waiting + 1))
  return new HttpError(503, 'Too many recordings are waiting.', { headers: { 'retry-after': String(seconds) } })
}
