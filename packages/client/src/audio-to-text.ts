import type { components } from '@livepeer-ai/openapi'
import { audioFile, type Audio } from './audio.ts'
import type { PlainClient } from './client.ts'
import { ResponseError } from './errors.ts'

export interface AudioToTextOptions {
  audio: Audio
  /** A speech recognition model on the Hugging Face hub, such as `openai/whisper-large-v3`. Default: the gateway's own. */
  modelId?: string
  /** How finely the chunks are timed; `false` for no chunks. Default: the gateway's own, which is by sentence. */
  returnTimestamps?: 'sentence' | 'word' | boolean
  /** Facts about the job for the pipeline. */
  metadata?: Record<string, unknown>
  signal?: AbortSignal
}

/** What was said: the whole text, and timed chunks; `response` is the HTTP response that it came in, not part of its JSON. */
export type Transcript = components['schemas']['TextResponse'] & { readonly response: Response }

/**
 * Transcribes a recording. Throws an AudioError when it cannot be read, a GatewayError when the gateway does not
 * answer with a transcript, and the reason of `signal` when that is aborted.
 */
export async function audioToText(client: PlainClient, options: AudioToTextOptions): Promise<Transcript> {
  const { audio, modelId, returnTimestamps, metadata, ...call } = options
  const { data, error, response } = await client.POST('/audio-to-text', {
    ...call,
    body: {
      ...(modelId !== undefined && { model_id: modelId }),
      ...(returnTimestamps !== undefined && { return_timestamps: String(returnTimestamps) }),
      ...(metadata && { metadata: JSON.stringify(metadata) }),
      audio: await audioFile(audio),
    },
  })
  if (!data) throw new ResponseError({ method: 'POST', url: response.url }, response, error)
  return Object.defineProperty(data, 'response', { value: response }) as Transcript
}
