import { UnsupportedAudioError } from '../../transcriber-error.ts'
import { CodecError } from '../codec-error.ts'
import type { Pcm } from '../pcm.ts'

/** Functions that read one sample, by format code (`wFormatTag`) and bits of its container. */
const encodings: Record<string, (view: DataView, offset: number) => number> = {
  '1/8': (view, offset) => (view.getUint8(offset) - 128) / 2 ** 7,
  '1/16': (view, offset) => view.getInt16(offset, true) / 2 ** 15,
  '1/24': (view, offset) => (view.getInt16(offset + 1, true) * 2 ** 8 + view.getUint8(offset)) / 2 ** 23,
  '1/32': (view, offset) => view.getInt32(offset, true) / 2 ** 31,
  '3/32': (view, offset) => view.getFloat32(offset, true),
  '3/64': (view, offset) => view.getFloat64(offset, true),
  '6/8': (view, offset) => aLaw(view.getUint8(offset)),
  '7/8': (view, offset) => muLaw(view.getUint8(offset)),
}

const extensible = 0xfffe
/**
 * Streaming writers do not know the size of the data yet. They declare 0, the maximum, or a size
 * near 2 GiB.
 */
const isUnknown = (size: number) => size === 0 || size >= 0x7fff_0000
const framesPerChunk = 1 << 16

/**
 * Decodes RIFF WAVE: PCM of 8 to 32 bits, floating point, A-law and µ-law, with any number of
 * channels.
 */
export function* decodeWav(bytes: Uint8Array): Generator<Pcm> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { format, data } = findChunks(view)
  const channelCount = view.getUint16(format + 2, true)
  const sampleRate = view.getUint32(format + 4, true)
  const bits = view.getUint16(format + 14, true)
  const sampleSize = containerSize(view.getUint16(format + 12, true), channelCount, bits)
  const tag = view.getUint16(format, true)
  const code = tag === extensible ? view.getUint16(format + 24, true) : tag
  const isPadded = code === 1 && bits === 24 && sampleSize === 4 && !isLeftJustified(view, data)
  const readSample = encodings[isPadded ? '1/24' : `${code}/${8 * sampleSize}`]
  if (channelCount === 0) throw new UnsupportedAudioError('The wav file has no channels.')
  if (!readSample) throw new CodecError(`WAV of format ${code} with ${bits} bits`)

  const frameSize = sampleSize * channelCount
  const frames = Math.floor(data.size / frameSize)
  // All pieces share these arrays; otherwise a long recording would allocate hundreds.
  const buffers = Array.from({ length: channelCount }, () => new Float32Array(Math.min(framesPerChunk, frames)))
  for (let first = 0; first < frames; first += framesPerChunk) {
    const offset = data.offset + first * frameSize
    const length = Math.min(framesPerChunk, frames - first)
    const channels = buffers.map((buffer, channel) => {
      const samples = buffer.subarray(0, length)
      for (let frame = 0; frame < length; frame++) {
        samples[frame] = readSample(view, offset + frame * frameSize + channel * sampleSize)
      }
      return samples
    })
    yield { sampleRate, channels }
  }
}

/** Returns the bytes of a sample. They can be more than its bits need. */
function containerSize(blockAlign: number, channelCount: number, bits: number): number {
  const size = blockAlign / channelCount
  return Number.isInteger(size) && 8 * size >= bits ? size : Math.ceil(bits / 8)
}

/** Samples that are looked at to find out where their bits are. */
const probedSamples = 1 << 14

/** The standard puts unused bits last, as zeros. ALSA puts them first. */
function isLeftJustified(view: DataView, { offset, size }: { offset: number; size: number }): boolean {
  const samples = Math.min(probedSamples, Math.floor(size / 4))
  for (let index = 0; index < samples; index++) if (view.getUint8(offset + 4 * index) !== 0) return false
  return true
}

/** Finds the contents of the chunks `fmt ` and `data`. */
function findChunks(view: DataView): { format: number; data: { offset: number; size: number } } {
  let format: number | undefined
  for (let offset = 12; offset + 8 <= view.byteLength;) {
    const id = view.getUint32(offset)
    const size = view.getUint32(offset + 4, true)
    const content = offset + 8
    if (id === 0x666d7420) format = content
    if (id === 0x64617461) {
      if (format === undefined) break
      return { format, data: { offset: content, size: dataSize(size, view.byteLength - content) } }
    }
    offset = content + size + (size % 2)
  }
  throw new UnsupportedAudioError('The wav file has no audio data.')
}

function dataSize(declared: number, available: number): number {
  if (declared === 0 || (declared > available && isUnknown(declared))) return available
  if (declared > available) {
    throw new UnsupportedAudioError(`The wav file is cut off: it has ${available} of ${declared} bytes of audio.`)
  }
  return declared
}

/** ITU-T G.711. */
function muLaw(byte: number): number {
  const inverted = ~byte & 0xff
  const magnitude = ((((inverted & 0x0f) << 3) + 0x84) << ((inverted & 0x70) >> 4)) - 0x84
  return (inverted & 0x80 ? -magnitude : magnitude) / 2 ** 15
}

/** ITU-T G.711. */
function aLaw(byte: number): number {
  const toggled = byte ^ 0x55
  const exponent = (toggled & 0x70) >> 4
  const mantissa = (toggled & 0x0f) << 4
  const magnitude = exponent === 0 ? mantissa + 8 : (mantissa + 0x108) << (exponent - 1)
  return (toggled & 0x80 ? magnitude : -magnitude) / 2 ** 15
}
