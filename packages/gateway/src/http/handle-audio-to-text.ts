import { HttpError, type Call } from '@livepeer-ai/server'
import { AudioTooLongError, EngineError, TranscriberBusyError, UnsupportedAudioError } from '../transcriber-error.ts'
import { parseFields } from './fields.ts'
import type { Metrics } from './metrics.ts'
import { QueueFullError, type Queue } from './queue.ts'
import type { Upload } from './receive-upload.ts'
import { textResponse } from './text-response.ts'

interface AudioToText {
  models: readonly string[]
  queue: Queue
  metrics: Metrics
  timeoutMs: number
  /** Receives the errors behind each 502 and 504. */
  onError: ((error: unknown, requestId: string) => void) | undefined
}

export function createAudioToText(options: AudioToText): (call: Call<Upload>) => Promise<Response> {
  const { models, queue, metrics, timeoutMs, onError } = options
  return async ({ request, requestId, fields, files }) => {
    const audio = files.findLast(({ name }) => name === 'audio')
    try {
      const { timestamps, model } = parseFields(fields, models)
      if (!audio) throw new HttpError(422, 'The recording is missing.')
      const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)])
      const wanted = { words: timestamps === 'word', model, signal, transfer: true, onPiece: metrics.piece }
      const transcript = await audio.value.transcribe(wanted)
      return Response.json(textResponse(transcript, timestamps))
    } catch (error) {
      if (error instanceof EngineError && !request.signal.aborted) onError?.(error, requestId)
      throw error instanceof Error ? toHttpError(error, queue, metrics) : error
    } finally {
      for (const { value } of files) value.discard(new Error('The request is over.'))
    }
  }
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
