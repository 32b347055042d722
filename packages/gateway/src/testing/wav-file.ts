interface WavFile {
  sampleRate?: number
  channelCount?: number
  format?: number
  bits?: number
  /** Encoded samples with interleaved channels. */
  data: Uint8Array
  /** Size of the data as the header declares it. */
  declaredSize?: number
  /** Chunks between the format and the data. */
  before?: Uint8Array
}

/** Builds a RIFF WAVE file. */
export function wavFile({
  sampleRate = 16_000,
  channelCount = 1,
  format = 1,
  bits = 16,
  data,
  declaredSize = data.length,
  before = new Uint8Array(),
}: WavFile): Uint8Array {
  const frameSize = (channelCount * bits) / 8
  const header = Buffer.alloc(36)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + before.length + data.length, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(format, 20)
  header.writeUInt16LE(channelCount, 22)
  header.writeUInt32LE(sampleRate, 24)
  header.writeUInt32LE(sampleRate * frameSize, 28)
  header.writeUInt16LE(frameSize, 32)
  header.writeUInt16LE(bits, 34)
  const dataHeader = Buffer.alloc(8)
  dataHeader.write('data', 0)
  dataHeader.writeUInt32LE(declaredSize, 4)
  return Uint8Array.from(Buffer.concat([header, before, dataHeader, data]))
}

/** Encodes samples between -1 and 1 as 16-bit PCM. */
export function pcm16(samples: Float32Array): Uint8Array {
  return new Uint8Array(Int16Array.from(samples, (sample) => Math.round(sample * 32_767)).buffer)
}

/** Returns a sine. Frequency and sample rate are in Hz, the duration in seconds. */
export function tone(frequency: number, sampleRate: number, duration: number, amplitude = 0.5): Float32Array {
  const step = (2 * Math.PI * frequency) / sampleRate
  return Float32Array.from(
    { length: Math.round(duration * sampleRate) },
    (_, index) => amplitude * Math.sin(index * step),
  )
}
