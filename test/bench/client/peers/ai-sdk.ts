import { createOpenAI } from '@ai-sdk/openai'
import { transcribe } from 'ai'

export function transcriber(baseURL: string, fetch: typeof globalThis.fetch) {
  const model = createOpenAI({ baseURL, apiKey: 'none', fetch }).transcription('whisper-1')
  return async (file: File): Promise<string> =>
    (await transcribe({ model, audio: new Uint8Array(await file.arrayBuffer()) })).text
}
