import { decodeAudio, sampleRate } from '../audio/decode-audio.ts'
import { TranscriberError } from '../transcriber-error.ts'

/** Longer recordings are not measured. In seconds. */
const maxDuration = 24 * 3600

/** Returns the duration of a recording in seconds, or undefined if it cannot be decoded here. */
export async function measureDuration(bytes: Uint8Array, signal: AbortSignal | undefined): Promise<number | undefined> {
  let samples = 0
  try {
    for await (const piece of decodeAudio(bytes, { maxDuration, ffmpeg: 'ffmpeg', signal })) samples += piece.length
  } catch (error) {
    if (error instanceof TranscriberError) return undefined
    throw error
  }
  return samples / sampleRate
}
