import type { TranscribeOptions } from '../transcriber.ts'
import { AudioTooLongError, TranscriberError, UnsupportedAudioError } from '../transcriber-error.ts'
import { takeStep } from '../take-step.ts'
import { detectContainer, skipId3, type Container } from './container.ts'
import { decodeWithFfmpeg } from './ffmpeg.ts'
import { decodeFlac } from './codecs/flac.ts'
import { decodeMp3 } from './codecs/mp3.ts'
import { moveIndexToFront } from './containers/mp4.ts'
import { decodeOgg } from './containers/ogg.ts'
import type { Decode, Pcm } from './pcm.ts'
import { Resampler } from './resampler.ts'
import { decodeWav } from './containers/wav.ts'
import { decodeWebm } from './containers/webm.ts'

/** Of decoded audio, in Hz: what the speech model was trained on. */
export const sampleRate = 16_000

export interface DecodeOptions extends Pick<TranscribeOptions, 'signal' | 'onStep'> {
  /** In seconds. Longer audio is refused as soon as this much of it is decoded. */
  maxDuration: number
  /** The program that decodes AAC: a name to look for on PATH, or a path. */
  ffmpeg: string
}

/**
 * Decodes a wav, mp3, flac, ogg or webm file, or with ffmpeg an AAC or MP4 one, to samples of one channel at 16 kHz, piece by piece. A piece is good
 * until the next one is asked for. What the file is, is told by its content. Throws UnsupportedAudioError and AudioTooLongError.
 */
export async function* decodeAudio(bytes: Uint8Array, options: DecodeOptions): AsyncGenerator<Float32Array> {
  const content = skipId3(bytes)
  const container = detectContainer(content)
  if (!container) throw new UnsupportedAudioError(`${describe(bytes)} not in a known audio format. Send ${formats}.`)
  let length = 0
  try {
    for await (const samples of resample(decoders(options)[container](content), options)) {
      length += samples.length
      if (length > Math.round(options.maxDuration * sampleRate))
        throw new AudioTooLongError(`The audio is longer than ${options.maxDuration} seconds. Send it in parts.`)
      yield samples
    }
  } catch (error) {
    if (error instanceof TranscriberError || options.signal?.aborted) throw error
    throw new UnsupportedAudioError(`The ${container} file is corrupt or cut off.`, { cause: error })
  }
  if (length === 0) throw new UnsupportedAudioError('The file has no audio that can be decoded.')
}

const formats = 'wav, mp3, flac, ogg (Vorbis, Opus), webm, or m4a or aac where ffmpeg is installed'

const describe = (bytes: Uint8Array) => (bytes.length === 0 ? 'The file is empty, and' : 'The file is')

function decoders({ ffmpeg, maxDuration }: DecodeOptions): Record<Container, Decode> {
  return {
    wav: decodeWav,
    mp3: decodeMp3,
    flac: decodeFlac,
    ogg: decodeOgg,
    webm: decodeWebm,
    mp4: (bytes) => decodeWithFfmpeg(moveIndexToFront(bytes), { ffmpeg, demuxer: 'mov', maxDuration }),
    aac: (bytes) => decodeWithFfmpeg(bytes, { ffmpeg, demuxer: 'aac', maxDuration }),
  }
}

/** The rate may change on the way, as where recordings were put together. */
async function* resample(pieces: ReturnType<Decode>, options: DecodeOptions): AsyncGenerator<Float32Array> {
  let resampler: Resampler | undefined
  let rate: number | undefined
  for await (const piece of pieces) {
    await takeStep(options)
    if (piece.sampleRate !== rate) {
      if (resampler) yield resampler.flush()
      rate = piece.sampleRate
      resampler = createResampler(rate)
    }
    yield resampler ? resampler.push(toMono(piece)) : toMono(piece)
  }
  if (resampler) yield resampler.flush()
}

const sampleRates = { min: 4000, max: 192_000 }

function createResampler(rate: number): Resampler | undefined {
  if (!(rate >= sampleRates.min && rate <= sampleRates.max)) {
    throw new UnsupportedAudioError(
      `The audio has a sample rate of ${rate} Hz; supported are ${sampleRates.min} to ${sampleRates.max} Hz.`,
    )
  }
  return rate === sampleRate ? undefined : new Resampler(rate, sampleRate)
}

/** The mean of all channels, in the place of the first. What is not a number, as a corrupt floating-point file may have it, is silence. */
function toMono({ channels }: Pcm): Float32Array {
  const [mono = new Float32Array()] = channels
  for (let index = 0; index < mono.length; index += 1) {
    let sum = 0
    for (const channel of channels) if (Number.isFinite(channel[index])) sum += channel[index]!
    mono[index] = sum / channels.length
  }
  return mono
}
