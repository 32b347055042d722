import createClient from 'openapi-fetch'
import type { paths } from './types'

export function transcriber(baseUrl: string, fetch: typeof globalThis.fetch) {
  const client = createClient<paths>({ baseUrl, fetch })
  return async (audio: File): Promise<string> => {
    const { data } = await client.POST('/audio-to-text', {
      body: { audio, model_id: 'openai/whisper-large-v3' },
      bodySerializer(fields) {
        const form = new FormData()
        for (const [name, value] of Object.entries(fields)) form.append(name, value as Blob)
        return form
      },
    })
    return data!.text
  }
}
