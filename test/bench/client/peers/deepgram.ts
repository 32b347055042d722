import { DeepgramClient } from '@deepgram/sdk'

/** It speaks to its own service alone: what it weighs can be told, not what a call takes. */
export function transcriber() {
  const client = new DeepgramClient({ apiKey: 'none' })
  return async (audio: File) => client.listen.v1.media.transcribeFile(audio, { model: 'nova-3' })
}
