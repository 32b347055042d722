/** Mono samples between -1 and 1. */
export interface Sound {
  samples: Float32Array
  /** Samples per second. */
  rate: number
}

export interface WavFormat {
  /** Number of channels; default: 1. Only the last one has the samples; the others are silent. */
  channels?: number
  /** Bits of one sample; default: 16. 32 is IEEE floating point. */
  bits?: 8 | 16 | 24 | 32
}

/** Decodes a RIFF/WAVE file with 16-bit mono PCM, the format of the fixtures. */
export function decodeWav(file: Buffer): Sound {
  const data = file.indexOf('data', 12, 'latin1') + 8
  const count = file.readUInt32LE(data - 4) >> 1
  const samples = Float32Array.from({ length: count }, (_, index) => file.readInt16LE(data + 2 * index) / 32_768)
  return { samples, rate: file.readUInt32LE(24) }
}

/**
 * Encodes a RIFF/WAVE file.
 *
 * @param extra - Other bytes before the samples, like a tag.
 */
export function encodeWav(
  { samples, rate }: Sound,
  { channels = 1, bits = 16 }: WavFormat = {},
  extra?: Uint8Array,
): Buffer {
  const frame = channels * (bits / 8)
  const file = Buffer.alloc(44 + samples.length * frame)
  file.write('RIFF', 0, 'latin1')
  file.writeUInt32LE(file.length - 8, 4)
  file.write('WAVEfmt ', 8, 'latin1')
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(bits === 32 ? 3 : 1, 20)
  file.writeUInt16LE(channels, 22)
  file.writeUInt32LE(rate, 24)
  file.writeUInt32LE(rate * frame, 28)
  file.writeUInt16LE(frame, 32)
  file.writeUInt16LE(bits, 34)
  file.write('data', 36, 'latin1')
  file.writeUInt32LE(samples.length * frame, 40)
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  let at = 44
  for (const sample of samples)
    for (let channel = 0; channel < channels; channel++) {
      writeSample(view, at, channel === channels - 1 ? sample : 0, bits)
      at += bits / 8
    }
  return extra ? withJunk(file, extra) : file
}

function withJunk(wav: Buffer, content: Uint8Array): Buffer {
  const padding = Buffer.alloc(content.length % 2)
  const size = Buffer.alloc(4)
  size.writeUInt32LE(content.length)
  const file = Buffer.concat([wav.subarray(0, 36), Buffer.from('junk'), size, content, padding, wav.subarray(36)])
  file.writeUInt32LE(file.length - 8, 4)
  return file
}

function writeSample(file: DataView, at: number, sample: number, bits: number): void {
  if (bits === 32) return file.setFloat32(at, sample, true)
  const peak = 2 ** (bits - 1)
  const level = Math.max(-peak, Math.min(peak - 1, Math.round(sample * peak)))
  if (bits === 16) return file.setInt16(at, level, true)
  // Only 8-bit samples are unsigned.
  if (bits === 8) return file.setUint8(at, level + 128)
  file.setUint8(at, level & 0xff)
  file.setInt16(at + 1, level >> 8, true)
}

/** Returns seconds of silence. */
export const silence = (seconds: number, rate = 16_000): Sound => ({
  samples: new Float32Array(Math.round(seconds * rate)),
  rate,
})

/** Returns seconds of white noise, the same in every run. */
export function noise(seconds: number, level = 0.1, rate = 16_000): Sound {
  let state = 1
  const samples = Float32Array.from({ length: Math.round(seconds * rate) }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state / 2 ** 31 - 1) * level
  })
  return { samples, rate }
}

/** Joins sounds of the same rate. */
export function concatenate(first: Sound, ...others: Sound[]): Sound {
  const sounds = [first, ...others]
  const samples = new Float32Array(sounds.reduce((length, sound) => length + sound.samples.length, 0))
  let at = 0
  for (const sound of sounds) {
    samples.set(sound.samples, at)
    at += sound.samples.length
  }
  return { samples, rate: first.rate }
}

/** Returns the part of a sound between two times in seconds. */
export const cutSound = ({ samples, rate }: Sound, from: number, to: number): Sound => ({
  samples: samples.slice(Math.round(from * rate), Math.round(to * rate)),
  rate,
})

/** Returns a sound with another volume. */
export const amplify = ({ samples, rate }: Sound, decibels: number): Sound => ({
  samples: samples.map((sample) => sample * 10 ** (decibels / 20)),
  rate,
})

/** Converts the sample rate by linear interpolation, which is good enough for speech. */
export function resample({ samples, rate }: Sound, target: number): Sound {
  const step = rate / target
  const length = Math.floor(samples.length / step)
  return {
    samples: Float32Array.from({ length }, (_, index) => {
      const place = index * step
      const before = Math.floor(place)
      const left = samples[before] ?? 0
      return left + ((samples[before + 1] ?? left) - left) * (place - before)
    }),
    rate: target,
  }
}
