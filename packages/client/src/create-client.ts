import type { components, paths } from '@livepeer-ai/openapi'
import createFetchClient, { type Client as FetchClient } from 'openapi-fetch'
import { errorMessage, GatewayError, NetworkError, ResponseError } from './errors.ts'
import { toFormData } from './form-data.ts'

export interface ClientOptions {
  /** Base URL of the gateway. */
  baseUrl: string
  /** Bearer token; none is sent unless given. */
  token?: string
  fetch?: (request: Request) => Promise<Response>
}

export interface AudioToTextOptions {
  /** The recording. A File keeps its name. */
  audio: Blob | File
  /** Name of the speech recognition model; the gateway's own unless given. */
  modelId?: string
  /** `true` is the same as `sentence`, and the default. */
  returnTimestamps?: boolean | 'sentence' | 'word'
  signal?: AbortSignal
}

export type Transcript = components['schemas']['TextResponse']

/** The operations of the contract as plain typed calls (`client.POST('/audio-to-text', …)`, results as values), and `audioToText()`. */
export interface Client extends FetchClient<paths> {
  /** Transcribes a recording. @throws GatewayError */
  audioToText: (options: AudioToTextOptions) => Promise<Transcript>
}

/** Makes a client for one gateway. */
export function createClient({ baseUrl, token, fetch = globalThis.fetch }: ClientOptions): Client {
  const url = baseUrl.replace(/\/$/, '')
  const client = createFetchClient<paths>({
    baseUrl: url,
    headers: token ? { authorization: `Bearer ${token}` } : {},
    bodySerializer: (body: unknown) => toFormData(body as Record<string, unknown>) ?? JSON.stringify(body),
    fetch: (request) =>
      fetch(request).catch((error: Error) => {
        if (request.signal.aborted) throw error
        throw new NetworkError(`${request.method} ${request.url} got no response: ${reason(error)}`, { cause: error })
      }),
  })

  async function audioToText({ audio, modelId, returnTimestamps, signal }: AudioToTextOptions): Promise<Transcript> {
    if (!audio.size) throw new GatewayError(`POST ${url}/audio-to-text not sent: the recording is empty`)
    const { data, error, response } = await client.POST('/audio-to-text', {
      body: {
        audio,
        ...(modelId !== undefined && { model_id: modelId }),
        ...(returnTimestamps !== undefined && { return_timestamps: String(returnTimestamps) }),
      },
      ...(signal && { signal }),
    })
    if (data) return data
    throw new ResponseError(
      `POST ${url}/audio-to-text answered ${response.status}: ${errorMessage(error) ?? response.statusText}`,
      response,
      error,
    )
  }

  return { ...client, audioToText }
}

/** Node hides what happened behind "fetch failed". */
function reason({ message, cause }: Error): string {
  const { code, message: inner } = (cause ?? {}) as { code?: string; message?: string }
  return code ?? inner ?? message
}
