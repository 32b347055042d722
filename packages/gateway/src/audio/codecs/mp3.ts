import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { CodecError } from '../codec-error.ts'
import { noSamples, type Pcm } from '../pcm.ts'
import { mp3Delay } from './mp3-delay.ts'
import { findFrame, readFrame, searchStep, type MpegFrame } from './mpeg-frames.ts'

/** The exports of minimp3 in WebAssembly. Offsets and sizes are in bytes of its memory. */
interface Minimp3 {
  memory: { buffer: ArrayBuffer }
  decoder_init(): void
  decoder_set_mp3_data_size(size: number): void
  decoder_mp3_data_offset(): number
  /** Decodes from the beginning of the data. */
  decoder_decode(seconds: number): void
  decoder_pcm_data_offset(): number
  decode_results_sampling_rate(): number
  decode_results_num_channels(): number
  /** Samples of all channels together. */
  decode_results_num_samples(): number
}

/** About one second. */
const framesPerPiece = 40
/** More than a frame has. */
const secondsPerFrame = 1

/**
 * Decodes MPEG audio, layer III. The decoder gets frame after frame: it can loop for ever when it
 * has to find a frame by itself.
 */
export async function* decodeMp3(bytes: Uint8Array): AsyncGenerator<Pcm> {
  const minimp3 = await instantiate()
  minimp3.decoder_init()
  let delay: number | undefined
  let piece: Pcm[] = []
  for (const frame of readFrames(bytes)) {
    if (frame && frame.layer !== 3) throw new CodecError(`MPEG audio of layer ${frame.layer}`)
    const data = frame && bytes.subarray(frame.offset, frame.offset + frame.length)
    if (data) delay ??= mp3Delay(data)
    const pcm = data && decodeFrame(minimp3, data)
    if (!pcm || piece.length === framesPerPiece || !isAlike(pcm, piece[0])) {
      yield join(piece)
      piece = []
    }
    if (!pcm) continue
    piece.push(skip(pcm, delay ?? 0))
    delay = Math.max(0, (delay ?? 0) - (pcm.channels[0]?.length ?? 0))
  }
  yield join(piece)
}

/** Returns the frames in order. Anything between them is skipped: undefined is a step of that. */
function* readFrames(bytes: Uint8Array): Generator<MpegFrame | undefined> {
  let offset = 0
  while (offset < bytes.length) {
    const next = readFrame(bytes, offset)
    const isWhole = next && offset + next.length <= bytes.length
    // The first frame of a sequence needs another one behind it.
    const frame = isWhole && offset > 0 ? next : findFrame(bytes, offset, offset + searchStep, 1)
    yield frame
    offset = frame ? frame.offset + frame.length : offset + searchStep
  }
}

function decodeFrame(minimp3: Minimp3, frame: Uint8Array): Pcm | undefined {
  minimp3.decoder_set_mp3_data_size(frame.length)
  new Uint8Array(minimp3.memory.buffer, minimp3.decoder_mp3_data_offset(), frame.length).set(frame)
  minimp3.decoder_decode(secondsPerFrame)
  const samples = minimp3.decode_results_num_samples()
  const channelCount = minimp3.decode_results_num_channels()
  if (samples === 0 || channelCount === 0) return undefined
  const interleaved = new Int16Array(minimp3.memory.buffer, minimp3.decoder_pcm_data_offset(), samples)
  return { sampleRate: minimp3.decode_results_sampling_rate(), channels: split(interleaved, channelCount) }
}

function split(interleaved: Int16Array, channelCount: number): Float32Array[] {
  return Array.from({ length: channelCount }, (_, channel) => {
    const samples = new Float32Array(interleaved.length / channelCount)
    for (let frame = 0; frame < samples.length; frame++) {
      samples[frame] = (interleaved[frame * channelCount + channel] ?? 0) / 2 ** 15
    }
    return samples
  })
}

/** Joins pieces of the same kind. */
function join(pieces: Pcm[]): Pcm {
  const [first] = pieces
  if (!first) return noSamples
  const channels = first.channels.map((_, channel) => {
    const parts = pieces.map((piece) => piece.channels[channel] ?? new Float32Array())
    const joined = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
    let offset = 0
    for (const part of parts) {
      joined.set(part, offset)
      offset += part.length
    }
    return joined
  })
  return { sampleRate: first.sampleRate, channels }
}

const isAlike = (pcm: Pcm, first: Pcm = pcm) =>
  pcm.sampleRate === first.sampleRate && pcm.channels.length === first.channels.length

const skip = ({ sampleRate, channels }: Pcm, samples: number): Pcm => ({
  sampleRate,
  channels: channels.map((channel) => channel.subarray(samples)),
})

/** The JavaScript of the package fetches the compiled file over HTTP, so only that file is used. */
async function instantiate(): Promise<Minimp3> {
  const file = createRequire(import.meta.url).resolve('minimp3-wasm/dist/decoder.opt.wasm')
  module ??= readFile(file).then((bytes) => WebAssembly.compile(bytes))
  const { exports } = await WebAssembly.instantiate(await module, {})
  return exports as unknown as Minimp3
}

let module: Promise<WebAssembly.Module> | undefined
