import { describe, expect, test } from 'vitest'
import { collectSamples } from '../../testing/samples.ts'
import { pcm16, tone, wavFile } from '../../testing/wav-file.ts'
import { decodeWav } from './wav.ts'

const samples = tone(440, 16_000, 0.1)
const view = (size: number, write: (view: DataView, offset: number, sample: number) => void) => {
  const buffer = new ArrayBuffer(samples.length * size)
  samples.forEach((sample, index) => write(new DataView(buffer), index * size, sample))
  return new Uint8Array(buffer)
}
const decode = (file: Uint8Array) => collectSamples(decodeWav(file))
const largestDifference = (a: Float32Array, b: number[]) =>
  a.reduce((largest, value, index) => Math.max(largest, Math.abs(value - (b[index] ?? NaN))), 0)

/** Samples of the G.711 tables: a code and its value out of 32768. */
const companded = {
  6: [
    [0xd5, 8],
    [0x55, -8],
    [0xaa, 32_256],
    [0x2a, -32_256],
    [0xc5, 264],
  ],
  7: [
    [0xff, 0],
    [0x80, 32_124],
    [0x00, -32_124],
    [0xef, 132],
    [0x7e, -8],
  ],
}

describe('decodeWav()', () => {
  test.for([
    { format: 1, bits: 8, tolerance: 2 ** -7, data: view(1, (v, o, s) => v.setUint8(o, Math.round(s * 127) + 128)) },
    { format: 1, bits: 16, tolerance: 2 ** -14, data: pcm16(samples) },
    {
      format: 1,
      bits: 24,
      tolerance: 2 ** -22,
      data: view(3, (v, o, s) => {
        const value = Math.round(s * (2 ** 23 - 1))
        v.setInt16(o + 1, value >> 8, true)
        v.setUint8(o, value & 0xff)
      }),
    },
    { format: 1, bits: 32, tolerance: 1e-7, data: view(4, (v, o, s) => v.setInt32(o, s * (2 ** 31 - 1), true)) },
    { format: 3, bits: 32, tolerance: 0, data: view(4, (v, o, s) => v.setFloat32(o, s, true)) },
    { format: 3, bits: 64, tolerance: 0, data: view(8, (v, o, s) => v.setFloat64(o, s, true)) },
  ])('reads format $format with $bits bits', async ({ tolerance, ...file }) => {
    const [channel = []] = await decode(wavFile(file))
    expect(channel).toHaveLength(samples.length)
    expect(largestDifference(samples, channel)).toBeLessThanOrEqual(tolerance)
  })

  test.for([6, 7] as const)('reads format %i (companded to 8 bits) by the tables of G.711', async (format) => {
    const data = Uint8Array.from(companded[format], ([code = 0]) => code)
    const [channel = []] = await decode(wavFile({ format, bits: 8, data }))
    expect(channel.map((value) => value * 2 ** 15)).toEqual(companded[format].map(([, value]) => value))
  })

  test('keeps channels apart', async () => {
    const interleaved = Float32Array.from({ length: 6 }, (_, index) => [0.25, -0.5, 0.75][index % 3] ?? 0)
    const file = wavFile({ format: 3, bits: 32, channelCount: 3, data: new Uint8Array(interleaved.buffer) })
    expect(await decode(file)).toEqual([
      [0.25, 0.25],
      [-0.5, -0.5],
      [0.75, 0.75],
    ])
  })

  test('skips other chunks, padded to an even size', async () => {
    const before = Buffer.from('LIST\x05\0\0\0abcde\0', 'latin1')
    expect((await decode(wavFile({ data: pcm16(samples), before })))[0]).toHaveLength(samples.length)
  })

  test('reads the format code of the extensible form', async () => {
    const file = wavFile({ format: 0xfffe, data: pcm16(samples), before: new Uint8Array(24) })
    // The format chunk gets the 24 bytes of its extension. The extension's format code follows
    // eight of them.
    file[16] = 40
    file[44] = 1
    expect((await decode(file))[0]).toHaveLength(samples.length)
  })

  test.for([0, 0xffffffff])(
    'takes all that is there when the header says %i, as streaming writers do',
    async (declaredSize) => {
      expect((await decode(wavFile({ data: pcm16(samples), declaredSize })))[0]).toHaveLength(samples.length)
    },
  )

  test.for([
    {
      what: 'less data than announced',
      file: { declaredSize: 5000 },
      message: /cut off: it has 3200 of 5000 bytes of audio/,
    },
    { what: 'no channels', file: { channelCount: 0 }, message: /has no channels/ },
    { what: 'an unknown format', file: { format: 85 }, message: /^WAV of format 85 with 16 bits is not supported/ },
  ])('rejects $what', async ({ file, message }) => {
    await expect(decode(wavFile({ data: pcm16(samples), ...file }))).rejects.toThrow(message)
  })

  test('rejects a file without data', async () => {
    await expect(decode(wavFile({ data: pcm16(samples) }).subarray(0, 36))).rejects.toThrow(
      'The wav file has no audio data.',
    )
  })
})
