import { createClient } from '@livepeer-ai/client'

export function transcriber(baseUrl: string, fetch: typeof globalThis.fetch) {
  const client = createClient({ baseUrl, fetch })
  return async (audio: File): Promise<string> =>
    (await client.audioToText({ audio, modelId: 'openai/whisper-large-v3' })).text
}
