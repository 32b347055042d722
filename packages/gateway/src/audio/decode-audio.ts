import { containerOf, type Container } from '@livepeer-ai/openapi'
import { takeStep, type Steps } from '../take-step.ts'
import { AudioTooLongError, TranscriberError, UnsupportedAudioError } from '../transcriber-error.ts'
import { CodecError } from './codec-error.ts'
import { decodeFlac } from './codecs/flac.ts'
import { decodeMp3 } from './codecs/mp3.ts'
import { moveIndexToFront } from './containers/mp4.ts'
import { decodeOgg } from './containers/ogg.ts'
import { decodeWav } from './containers/wav.ts'
import { decodeWebm } from './containers/webm.ts'
import { decodeWithFfmpeg, type Demuxer } from './ffmpeg.ts'
import { foreignFormatOf, type ForeignFormat } from './foreign-formats.ts'
import { mixChannels } from './mix-channels.ts'
import type { Decode } from './pcm.ts'
import { Resampler, type Filters } from './resampler.ts'
import { hasMpegFrames, skipTags } from './skip-tags.ts'

/** Sample rate of decoded audio in Hz. The speech model was trained on it. */
export const sampleRate = 16_000

export interface DecodeOptions extends Steps {
  /** Limit in seconds. Longer audio is rejected as soon as this much is decoded. */
  maxDuration: number
  /** The program that decodes AAC and other formats: a name on PATH, or a path. */
  ffmpeg: string
}

/**
 * Decodes a wav, mp3, flac, ogg or webm file, or with ffmpeg another one, to mono samples at 16 kHz
 * in pieces. A piece is valid until the next one is requested. The content decides the
 * format. Throws an UnsupportedAudioError or an AudioTooLongError.
 */
export async function* decodeAudio(bytes: Uint8Array, options: DecodeOptions): AsyncGenerator<Float32Array> {
  const content = skipTags(bytes)
  const container = containerOf(content) ?? (hasMpegFrames(content) ? 'mp3' : undefined)
  const foreign = container ? undefined : foreignFormatOf(content)
  const name = container ?? foreign?.name
  const decode = container ? decoders(options)[container] : foreign && withFfmpeg(foreign, options)
  if (!decode || !name)
    throw new UnsupportedAudioError(`${describe(bytes)} not in a known audio format. Send ${formats}.`)
  let length = 0
  try {
    for await (const samples of resample(decode(content), options)) {
      length += samples.length
      if (length > Math.round(options.maxDuration * sampleRate))
        throw new AudioTooLongError(`The audio is longer than ${options.maxDuration} seconds. Send it in parts.`)
      yield samples
    }
  } catch (error) {
    if (error instanceof TranscriberError || options.signal?.aborted) throw error
    throw new UnsupportedAudioError(`The ${name} file is corrupt or cut off.`, { cause: error })
  }
  if (length === 0) throw new UnsupportedAudioError('The file has no audio that can be decoded.')
}

const formats = 'wav, mp3, flac, ogg (Vorbis, Opus), webm, or m4a or aac where ffmpeg is installed'

const describe = (bytes: Uint8Array) => (bytes.length === 0 ? 'The file is empty, and' : 'The file is')

function decoders(options: DecodeOptions): Record<Container, Decode> {
  const mp4 = withFfmpeg({ name: 'M4A and MP4 audio', demuxer: 'mov' }, options)
  return {
    wav: orWithFfmpeg(decodeWav, 'wav', options),
    mp3: orWithFfmpeg(decodeMp3, 'mp3', options),
    flac: decodeFlac,
    ogg: decodeOgg,
    webm: decodeWebm,
    m4a: (bytes) => mp4(moveIndexToFront(bytes)),
    aac: withFfmpeg({ name: 'AAC audio', demuxer: 'aac' }, options),
  }
}

function withFfmpeg({ name, demuxer }: ForeignFormat, { ffmpeg, maxDuration }: DecodeOptions): Decode {
  return (bytes) => decodeWithFfmpeg(bytes, { ffmpeg, format: name, demuxer, maxDuration })
}

/** Decodes the codecs that the decoder does not know with ffmpeg. */
function orWithFfmpeg(decode: Decode, demuxer: Demuxer, options: DecodeOptions): Decode {
  return async function* (bytes) {
    try {
      yield* decode(bytes)
    } catch (error) {
      if (!(error instanceof CodecError)) throw error
      yield* withFfmpeg({ name: error.codec, demuxer }, options)(bytes)
    }
  }
}

/** The rate may change in the middle of a concatenated recording. */
async function* resample(pieces: ReturnType<Decode>, options: DecodeOptions): AsyncGenerator<Float32Array> {
  const filters = new Map<number, Filters>()
  let resampler: Resampler | undefined
  let rate: number | undefined
  await takeStep(options)
  for await (const piece of pieces) {
    await takeStep(options)
    if (!piece.channels[0]?.length) continue
    if (piece.sampleRate !== rate) {
      if (resampler) yield resampler.flush()
      rate = piece.sampleRate
      resampler = createResampler(rate, filters)
    }
    const mono = mixChannels(piece)
    yield resampler ? resampler.push(mono) : mono
  }
  if (resampler) yield resampler.flush()
}

const sampleRates = { min: 4000, max: 192_000 }
/** Limit of the sample rates in one file. Each has filters of its own. */
const maxRates = 16

function createResampler(rate: number, filters: Map<number, Filters>): Resampler | undefined {
  if (!(rate >= sampleRates.min && rate <= sampleRates.max)) {
    throw new UnsupportedAudioError(
      `The audio has a sample rate of ${rate} Hz; supported are ${sampleRates.min} to ${sampleRates.max} Hz.`,
    )
  }
  if (rate === sampleRate) return undefined
  const own = filters.get(rate) ?? []
  filters.set(rate, own)
  if (filters.size > maxRates) throw new UnsupportedAudioError(`The audio has more than ${maxRates} sample rates.`)
  return new Resampler(rate, sampleRate, own)
}
