export function transcriber(baseUrl: string, fetch: typeof globalThis.fetch) {
  return async (audio: File): Promise<string> => {
    const body = new FormData()
    body.append('audio', audio)
    body.append('model_id', 'openai/whisper-large-v3')
    const response = await fetch(`${baseUrl}/audio-to-text`, { method: 'POST', body })
    const { text } = (await response.json()) as { text: string }
    return text
  }
}
