import OpenAI from 'openai'

export function transcriber(baseURL: string, fetch: typeof globalThis.fetch) {
  const client = new OpenAI({ baseURL, apiKey: 'none', dangerouslyAllowBrowser: true, fetch })
  return async (file: File): Promise<string> =>
    (await client.audio.transcriptions.create({ file, model: 'whisper-1' })).text
}
