import { Livepeer } from '@livepeer/ai'
import { HTTPClient } from '@livepeer/ai/lib/http.js'

export function transcriber(serverURL: string, fetch: typeof globalThis.fetch) {
  const client = new Livepeer({ serverURL, httpBearer: 'none', httpClient: new HTTPClient({ fetcher: fetch }) })
  return async (audio: File): Promise<string> => {
    const { textResponse } = await client.generate.audioToText({ audio, modelId: 'openai/whisper-large-v3' })
    return textResponse!.text
  }
}
