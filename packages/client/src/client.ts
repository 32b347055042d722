import type { paths } from '@livepeer-ai/openapi'
import createFetchClient, { type Client as FetchClient } from 'openapi-fetch'
import { audioToText, type AudioToTextOptions, type Transcript } from './audio-to-text.ts'
import { InvalidResponseError, NetworkError } from './errors.ts'
import { formData } from './form-data.ts'
import { authorization, gateway, type Token } from './gateway.ts'

export interface ClientOptions {
  /** Where the gateway is, up to the paths of the contract. */
  baseUrl: string | URL
  token?: Token | undefined
  fetch?: typeof fetch
}

/** Every operation of the contract by method and path, typed; answers are values: `{ data, response }` or `{ error, response }`. */
export type PlainClient = Omit<FetchClient<paths>, 'use' | 'eject'>

export interface Client extends PlainClient {
  audioToText(options: AudioToTextOptions): Promise<Transcript>
}

/** A client of one gateway. Throws a TypeError when an option is not usable. */
export function createClient({ baseUrl, token, fetch = globalThis.fetch }: ClientOptions): Client {
  const at = gateway({ baseUrl, token })
  const client = createFetchClient<paths>({
    baseUrl: at.baseUrl,
    redirect: 'manual',
    bodySerializer: (body) => formData(body as unknown as Record<string, unknown>),
    fetch: async (request) => {
      for (const [name, value] of Object.entries(await authorization(at.token))) request.headers.set(name, value)
      const response = await fetch(request).catch((error: unknown) => {
        throw request.signal.aborted ? error : new NetworkError(request, error)
      })
      if (response.ok) await checkJson(request, response.clone())
      return response
    },
  })
  return { ...client, audioToText: (options) => audioToText(client, options) }
}

async function checkJson(request: Request, response: Response): Promise<void> {
  const text = await response.text()
  try {
    JSON.parse(text)
  } catch {
    throw new InvalidResponseError(request, response, text, text ? 'it is not JSON' : 'it is empty')
  }
}
