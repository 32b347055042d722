import { AssemblyAI } from 'assemblyai'

/** It speaks to its own service alone: what it weighs can be told, not what a call takes. */
export function transcriber() {
  const client = new AssemblyAI({ apiKey: 'none' })
  return async (audio: File) => client.transcripts.transcribe({ audio })
}
