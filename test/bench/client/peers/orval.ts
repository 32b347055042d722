import { genAudioToText } from './generated'

export function transcriber(baseUrl: string, fetch: typeof globalThis.fetch) {
  // The generated code has neither an address nor a fetch() of its own.
  globalThis.fetch = (path, init) => fetch(`${baseUrl}${path as string}`, init)
  return async (audio: File): Promise<string> => {
    const { data, status } = await genAudioToText({ audio, model_id: 'openai/whisper-large-v3' })
    if (status !== 200) throw new Error(`answered ${status}`)
    return data.text
  }
}
