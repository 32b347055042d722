import { genAudioToText } from './generated'
import { createClient } from './generated/client'

export function transcriber(baseUrl: string, fetch: typeof globalThis.fetch) {
  const client = createClient({ baseUrl, fetch })
  return async (audio: File): Promise<string> => {
    const { data } = await genAudioToText({ client, body: { audio, model_id: 'openai/whisper-large-v3' } })
    return data!.text
  }
}
