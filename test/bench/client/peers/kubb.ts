import { genAudioToText } from './generated'

export function transcriber(baseURL: string, fetch: typeof globalThis.fetch) {
  // The generated code has no fetch() of its own.
  globalThis.fetch = fetch
  return async (audio: File): Promise<string> => {
    const { text } = await genAudioToText({ audio, model_id: 'openai/whisper-large-v3' }, { baseURL })
    return text
  }
}
