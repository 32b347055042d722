import { decodeAudio, sampleRate, type DecodeOptions } from '../../audio/decode-audio.ts'
import { amplify, Loudness } from './loudness.ts'
import { SampleBuffer } from './sample-buffer.ts'
import { Segmenter, type Span } from './segmenter.ts'
import { windowSize, type VoiceActivity } from './voice-activity.ts'

/** A stretch of speech that the model takes at once. */
export interface Piece extends Span {
  /** At 16 kHz. */
  samples: Float32Array
  voice: Voice
}

/** The probability of speech in a stretch of audio. */
export interface Voice {
  /** The start of the first window in seconds. */
  start: number
  /** Length of a window in seconds. */
  window: number
  /** By window. */
  probabilities: Float32Array
}

const window = windowSize / sampleRate

/**
 * Finds the speech in a recording. Yields each piece as soon as it is complete, and returns the
 * length of the audio in seconds. Keeps only the samples of the next piece.
 */
export async function* findSpeech(
  bytes: Uint8Array,
  voiceActivity: Pick<VoiceActivity, 'detect'>,
  options: DecodeOptions,
): AsyncGenerator<Piece, number> {
  // Decoding is fast, so errors are found before the model begins. Keeping all samples would take
  // much memory.
  const loudness = new Loudness()
  for await (const samples of decodeAudio(bytes, options)) loudness.push(samples)

  const buffer = new SampleBuffer()
  const segmenter = new Segmenter(window)
  const cut = (span: Span): Piece => {
    const end = Math.min(span.end, buffer.length / sampleRate)
    const first = Math.floor(span.start / window)
    return {
      start: span.start,
      end,
      samples: buffer.slice(Math.round(span.start * sampleRate), Math.round(end * sampleRate)),
      voice: {
        start: first * window,
        window,
        probabilities: Float32Array.from(segmenter.probabilities.slice(first, Math.ceil(end / window))),
      },
    }
  }
  const decoded = decodeAudio(bytes, options)
  for await (const probability of voiceActivity.detect(keep(decoded, loudness.gain, buffer), options)) {
    for (const span of segmenter.push(probability)) yield cut(span)
    buffer.dropBefore(Math.floor(segmenter.needed * sampleRate))
  }
  for (const span of segmenter.finish()) yield cut(span)
  return buffer.length / sampleRate
}

async function* keep(
  pieces: AsyncIterable<Float32Array>,
  gain: number,
  buffer: SampleBuffer,
): AsyncGenerator<Float32Array> {
  for await (const piece of pieces) {
    const amplified = amplify(piece, gain)
    buffer.append(amplified)
    yield amplified
  }
}
