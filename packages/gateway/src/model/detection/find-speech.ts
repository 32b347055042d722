import { decodeAudio, sampleRate, type DecodeOptions } from '../../audio/decode-audio.ts'
import { SampleBuffer } from './sample-buffer.ts'
import { Segmenter, type Span } from './segmenter.ts'
import { windowSize, type VoiceActivity } from './voice-activity.ts'

/** A stretch of speech that the model takes at once. */
export interface Piece extends Span {
  /** At 16 kHz. */
  samples: Float32Array
}

/**
 * Finds the speech in a recording. Yields each piece as soon as it is complete, and returns the
 * length of the audio in seconds. Keeps only the samples of the next piece.
 */
export async function* findSpeech(
  bytes: Uint8Array,
  voiceActivity: Pick<VoiceActivity, 'detect'>,
  options: DecodeOptions,
): AsyncGenerator<Piece, number> {
  // Errors are found before the model begins. Decoding is fast, but the samples would take memory.
  for await (const _ of decodeAudio(bytes, options));
  const buffer = new SampleBuffer()
  const segmenter = new Segmenter(windowSize / sampleRate)
  const cut = (span: Span): Piece => {
    const end = Math.min(span.end, buffer.length / sampleRate)
    return { ...span, end, samples: buffer.slice(Math.round(span.start * sampleRate), Math.round(end * sampleRate)) }
  }
  const decoded = decodeAudio(bytes, options)
  for await (const probability of voiceActivity.detect(keep(decoded, buffer), options)) {
    const span = segmenter.push(probability)
    if (span) yield cut(span)
    buffer.dropBefore(Math.floor(segmenter.needed * sampleRate))
  }
  const last = segmenter.finish()
  if (last) yield cut(last)
  return buffer.length / sampleRate
}

async function* keep(pieces: AsyncIterable<Float32Array>, buffer: SampleBuffer): AsyncGenerator<Float32Array> {
  for await (const piece of pieces) {
    buffer.append(piece)
    yield piece
  }
}
