import ky from 'ky'

export function transcriber(baseUrl: string, fetch: typeof globalThis.fetch) {
  return async (audio: File): Promise<string> => {
    const body = new FormData()
    body.append('audio', audio)
    body.append('model_id', 'openai/whisper-large-v3')
    const { text } = await ky.post(`${baseUrl}/audio-to-text`, { body, fetch, timeout: false }).json<{ text: string }>()
    return text
  }
}
