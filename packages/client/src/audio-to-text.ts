import type { components } from '@livepeer-ai/openapi'
import type { CallOptions } from './call/call.ts'
import { FileError, ResponseError } from './errors.ts'
import { addFields, type MoreFields } from './generated/more-fields.ts'
import type { PlainClient } from './plain-client.ts'
import { FilePath, type FileInput } from './upload/file-input.ts'

export interface AudioToTextOptions extends CallOptions, MoreFields {
  audio: FileInput
  /**
   * A speech recognition model on the Hugging Face hub, for example `openai/whisper-large-v3`.
   * Default: the model of the gateway.
   */
  modelId?: string | undefined
  /**
   * The granularity of the chunks; `false` for no chunks. Default: that of the gateway, `sentence`.
   */
  returnTimestamps?: 'sentence' | 'word' | boolean | undefined
  /** Facts about the job for the pipeline. */
  metadata?: Record<string, unknown> | undefined
  signal?: AbortSignal | null
}

/**
 * The transcript: its text and the timed chunks. `response` is the HTTP response; it is not
 * enumerable.
 */
export type Transcript = components['schemas']['TextResponse'] & { readonly response: Response }

export async function audioToText(client: PlainClient, options: AudioToTextOptions): Promise<Transcript> {
  const { modelId, returnTimestamps, metadata, audio, ...callOptions } = options
  if (!audio) throw new FileError('audio is missing')
  const body: object = {
    model_id: modelId,
    return_timestamps: returnTimestamps,
    metadata,
    // A URL may be of another realm.
    audio: typeof audio === 'string' || (audio as Partial<URL>).href ? new FilePath(audio as string | URL) : audio,
  }
  const { data, error, response } = await client.POST(
    '/audio-to-text',
    addFields({
      ...callOptions,
      // The contract declares Blobs only; the form also accepts streams, paths and undefined.
      body: body as components['schemas']['Body_genAudioToText'],
    }),
  )
  if (!data) throw new ResponseError({ method: 'POST', url: response.url }, response, error)
  return Object.defineProperty(data, 'response', { value: response }) as Transcript
}
