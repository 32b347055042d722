import axios from 'axios'

export function transcriber(baseURL: string, fetch: typeof globalThis.fetch) {
  const client = axios.create({ baseURL, adapter: 'fetch', env: { fetch } })
  return async (audio: File): Promise<string> => {
    const body = new FormData()
    body.append('audio', audio)
    body.append('model_id', 'openai/whisper-large-v3')
    const { data } = await client.post<{ text: string }>('/audio-to-text', body)
    return data.text
  }
}
