import type { components } from '@livepeer-ai/openapi'
import type { CallOptions } from './call.ts'
import type { PlainClient } from './client.ts'
import { FileError, ResponseError } from './errors.ts'
import { fileSource, type FileInput } from './file-part.ts'
import type { Runtime } from './runtime/runtime.ts'

export interface AudioToTextOptions extends CallOptions {
  audio: FileInput
  /** A speech recognition model on the Hugging Face hub, such as `openai/whisper-large-v3`. Default: the gateway's own. */
  modelId?: string | undefined
  /** How finely the chunks are timed; `false` for none. Default: the gateway's own, which is by sentence. */
  returnTimestamps?: 'sentence' | 'word' | boolean | undefined
  /** Facts about the job for the pipeline. */
  metadata?: Record<string, unknown> | undefined
  signal?: AbortSignal | undefined
}

/** What was said: the whole text, and timed chunks. `response` is the HTTP response, and no part of its JSON. */
export type Transcript = components['schemas']['TextResponse'] & { readonly response: Response }

export async function audioToText(
  client: PlainClient,
  runtime: Runtime,
  options: AudioToTextOptions,
): Promise<Transcript> {
  const { audio, modelId, returnTimestamps, metadata, signal, ...callOptions } = options
  const file = typeof audio === 'string' || audio instanceof URL ? await runtime.openFile(audio) : fileSource(audio)
  if (!file)
    throw new FileError('There is nothing to send as audio: it is a path, URL, Blob, stream, Response, or bytes')
  const { data, error, response } = await client.POST('/audio-to-text', {
    ...callOptions,
    signal: signal ?? null,
    body: {
      model_id: modelId,
      return_timestamps: returnTimestamps?.toString(),
      metadata: metadata && JSON.stringify(metadata),
      audio: file,
      // The contract knows Blobs and no `undefined`; the transport knows more.
    } as object as components['schemas']['Body_genAudioToText'],
  })
  if (!data) throw new ResponseError({ method: 'POST', url: response.url }, response, error)
  return Object.defineProperty(data, 'response', { value: response }) as Transcript
}
