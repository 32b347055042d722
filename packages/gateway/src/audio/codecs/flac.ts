import { UnsupportedAudioError } from '../../transcriber-error.ts'
import { BitReader } from '../bit-reader.ts'
import { crc16 } from '../crc.ts'
import type { Pcm } from '../pcm.ts'
import { isTail } from '../tail.ts'

/** Section numbers refer to RFC 9639. */
interface StreamInfo {
  sampleRate: number
  channelCount: number
  bitsPerSample: number
  /** Samples per channel; 0 if the encoder did not know. */
  samples: number
}

interface FrameHeader {
  blockSize: number
  sampleRate: number
  assignment: number
  bitsPerSample: number
}

/** Decodes native FLAC. Verifies the checksum of each frame and the declared number of samples. */
export function* decodeFlac(bytes: Uint8Array): Generator<Pcm> {
  const { info, end } = readMetadata(bytes)
  const reader = new BitReader(bytes, end)
  let samples = 0
  while (!reader.isAtEnd && (info.samples === 0 || samples < info.samples)) {
    const start = reader.position
    if (samples > 0 && isTail(bytes, start)) break
    const header = readFrameHeader(reader, info)
    const channels = readChannels(reader, header)
    reader.alignToByte()
    const checksum = crc16(bytes.subarray(start, reader.position))
    if (reader.unsigned(16) !== checksum) throw corrupt(`the checksum of the frame at byte ${start} is wrong`)

    samples += header.blockSize
    const scale = 2 ** (header.bitsPerSample - 1)
    yield { sampleRate: header.sampleRate, channels: channels.map((channel) => toFloat32(channel, scale)) }
  }
  if (samples < info.samples) throw corrupt(`it has ${samples} of ${info.samples} samples`)
}

function toFloat32(samples: Float64Array, scale: number): Float32Array {
  const scaled = new Float32Array(samples.length)
  for (let index = 0; index < scaled.length; index++) scaled[index] = (samples[index] ?? 0) / scale
  return scaled
}

const corrupt = (detail: string) => new UnsupportedAudioError(`The flac file is corrupt: ${detail}.`)

/** 8.1, 8.2 */
function readMetadata(bytes: Uint8Array): { info: StreamInfo; end: number } {
  let info: StreamInfo | undefined
  let isLast = false
  let offset = 4
  while (!isLast) {
    const reader = new BitReader(bytes, offset)
    isLast = reader.unsigned(1) === 1
    const type = reader.unsigned(7)
    const length = reader.unsigned(24)
    if (type === 0) info = readStreamInfo(reader)
    offset += 4 + length
  }
  if (!info) throw corrupt('it has no STREAMINFO block')
  return { info, end: offset }
}

function readStreamInfo(reader: BitReader): StreamInfo {
  // Skips block sizes and frame sizes: each frame states them itself.
  reader.skip(16 + 16 + 24 + 24)
  return {
    sampleRate: reader.unsigned(20),
    channelCount: reader.unsigned(3) + 1,
    bitsPerSample: reader.unsigned(5) + 1,
    samples: reader.unsigned(12) * 2 ** 24 + reader.unsigned(24),
  }
}

/** Section 9.1.3, by code. */
const sampleRates = [0, 88_200, 176_400, 192_000, 8000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000]
/** Section 9.1.4, by code; 0 stands for the value in STREAMINFO. */
const sampleSizes = [0, 8, 12, undefined, 16, 20, 24, 32]

/** 9.1 */
function readFrameHeader(reader: BitReader, info: StreamInfo): FrameHeader {
  if (reader.unsigned(15) !== 0b111_1111_1111_1100) throw corrupt(`no frame begins at byte ${reader.position - 2}`)
  reader.skip(1)
  const blockSizeCode = reader.unsigned(4)
  const sampleRateCode = reader.unsigned(4)
  const assignment = reader.unsigned(4)
  const sampleSize = sampleSizes[reader.unsigned(3)]
  reader.skip(1)
  skipCodedNumber(reader)
  const blockSize = readBlockSize(reader, blockSizeCode)
  const sampleRate = readSampleRate(reader, sampleRateCode) || info.sampleRate
  const checksumLength = 8
  reader.skip(checksumLength)
  if (sampleSize === undefined || assignment > 10) throw corrupt('a frame header has reserved values')
  return { blockSize, sampleRate, assignment, bitsPerSample: sampleSize || info.bitsPerSample }
}

/** Section 9.1.5: coded like a character in UTF-8. */
function skipCodedNumber(reader: BitReader): void {
  const first = reader.unsigned(8)
  const length = Math.clz32(~(first << 24))
  if (length > 1) reader.skip((length - 1) * 8)
}

/** 9.1.1 */
function readBlockSize(reader: BitReader, code: number): number {
  if (code === 0) throw corrupt('a frame header has a reserved block size')
  if (code === 1) return 192
  if (code <= 5) return 144 << code
  if (code === 6) return reader.unsigned(8) + 1
  if (code === 7) return reader.unsigned(16) + 1
  return 1 << code
}

/** 9.1.2 */
function readSampleRate(reader: BitReader, code: number): number {
  if (code === 12) return reader.unsigned(8) * 1000
  if (code === 13) return reader.unsigned(16)
  if (code === 14) return reader.unsigned(16) * 10
  const rate = sampleRates[code]
  if (rate === undefined) throw corrupt('a frame header has a forbidden sample rate')
  return rate
}

/** Section 4.2: a sum or difference of two channels needs one more bit than a channel. */
function readChannels(reader: BitReader, { assignment, blockSize, bitsPerSample }: FrameHeader): Float64Array[] {
  if (assignment < 8) {
    return Array.from({ length: assignment + 1 }, () => readSubframe(reader, blockSize, bitsPerSample))
  }
  const [leftSide, sideRight, midSide] = [8, 9, 10]
  const first = readSubframe(reader, blockSize, bitsPerSample + (assignment === sideRight ? 1 : 0))
  const second = readSubframe(reader, blockSize, bitsPerSample + (assignment === sideRight ? 0 : 1))
  if (assignment === leftSide) return [first, first.map((left, index) => left - (second[index] ?? 0))]
  if (assignment === sideRight) return [first.map((side, index) => side + (second[index] ?? 0)), second]
  if (assignment !== midSide) throw corrupt('a frame header has reserved values')
  // The sum and the difference of two channels have the same lowest bit.
  const sums = first.map((mid, index) => 2 * mid + Math.abs((second[index] ?? 0) % 2))
  return [
    sums.map((sum, index) => (sum + (second[index] ?? 0)) / 2),
    sums.map((sum, index) => (sum - (second[index] ?? 0)) / 2),
  ]
}

/** 9.2.1 */
function readSubframe(reader: BitReader, blockSize: number, bitsPerSample: number): Float64Array {
  reader.skip(1)
  const type = reader.unsigned(6)
  const wastedBits = reader.unsigned(1) ? reader.unary() + 1 : 0
  const bits = bitsPerSample - wastedBits
  if (bits < 1) throw corrupt('a subframe has no bits left')
  const samples = readSamples(reader, type, blockSize, bits)
  return wastedBits ? samples.map((sample) => sample * 2 ** wastedBits) : samples
}

function readSamples(reader: BitReader, type: number, blockSize: number, bits: number): Float64Array {
  if (type === 0) return new Float64Array(blockSize).fill(reader.signed(bits))
  if (type === 1) return new Float64Array(blockSize).map(() => reader.signed(bits))
  if (type >= 8 && type <= 12) return readFixed(reader, type - 8, blockSize, bits)
  if (type >= 32) return readLinear(reader, type - 31, blockSize, bits)
  throw corrupt('a subframe has a reserved type')
}

/** Section 9.2.5: coefficients of the fixed predictors by order, newest sample first. */
const fixedCoefficients = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]]

function readFixed(reader: BitReader, order: number, blockSize: number, bits: number): Float64Array {
  const samples = readWarmUp(reader, order, blockSize, bits)
  readResidual(reader, samples, order)
  return predict(samples, fixedCoefficients[order] ?? [], 0)
}

/** 9.2.6 */
function readLinear(reader: BitReader, order: number, blockSize: number, bits: number): Float64Array {
  const samples = readWarmUp(reader, order, blockSize, bits)
  const precision = reader.unsigned(4) + 1
  const shift = reader.signed(5)
  if (precision === 16 || shift < 0) throw corrupt('a predictor has reserved values')
  const coefficients = Array.from({ length: order }, () => reader.signed(precision))
  readResidual(reader, samples, order)
  return predict(samples, coefficients, shift)
}

function readWarmUp(reader: BitReader, order: number, blockSize: number, bits: number): Float64Array {
  if (order > blockSize) throw corrupt('a predictor is longer than its block')
  const samples = new Float64Array(blockSize)
  for (let index = 0; index < order; index++) samples[index] = reader.signed(bits)
  return samples
}

/**
 * Turns residuals into samples in place. Products need up to 52 bits, which floating point
 * represents exactly; bitwise operators do not.
 */
function predict(samples: Float64Array, coefficients: number[], shift: number): Float64Array {
  const divisor = 2 ** shift
  const order = coefficients.length
  for (let index = order; index < samples.length; index++) {
    let sum = 0
    for (let lag = 0; lag < order; lag++) sum += (coefficients[lag] ?? 0) * (samples[index - 1 - lag] ?? 0)
    samples[index] = (samples[index] ?? 0) + Math.floor(sum / divisor)
  }
  return samples
}

/**
 * Section 9.2.7: Rice codes in partitions with a parameter each, or plain numbers if the parameter
 * is all ones.
 */
function readResidual(reader: BitReader, samples: Float64Array, order: number): void {
  const method = reader.unsigned(2)
  if (method > 1) throw corrupt('a residual has a reserved coding method')
  const parameterBits = 4 + method
  const partitions = 2 ** reader.unsigned(4)
  const partitionSize = samples.length / partitions
  if (!Number.isInteger(partitionSize) || partitionSize < order) throw corrupt('a residual has too many partitions')
  for (let partition = 0; partition < partitions; partition++) {
    const parameter = reader.unsigned(parameterBits)
    const end = (partition + 1) * partitionSize
    const isEscaped = parameter === 2 ** parameterBits - 1
    const plainBits = isEscaped ? reader.unsigned(5) : 0
    for (let index = partition === 0 ? order : partition * partitionSize; index < end; index++) {
      samples[index] = isEscaped ? reader.signed(plainBits) : reader.rice(parameter)
    }
  }
}
