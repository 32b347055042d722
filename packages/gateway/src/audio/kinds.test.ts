import { describe, expect, test } from 'vitest'
import { decodeSamples } from '../testing/decode-samples.ts'
import { readClip } from '../testing/speech-clips.ts'
import { pcm16, tone, wavFile } from '../testing/wav-file.ts'
import { UnsupportedAudioError } from '../transcriber-error.ts'

const clip = (extension: string) => readClip(`austen-0930.${extension}`)
const latin1 = (text: string) => Buffer.from(text, 'latin1')
const zeros = (length: number) => new Uint8Array(length)
const join = (...parts: Uint8Array[]) => Uint8Array.from(Buffer.concat(parts))

const id3 = (footer = false) =>
  join(
    latin1(`ID3\x04\0${footer ? '\x10' : '\0'}\0\0\x01\0`),
    zeros(128),
    footer ? latin1('3DI\x04\0\x10\0\0\x01\0') : zeros(0),
  )
/** APEv2 with a header of 32 bytes and a footer that its size includes. */
const ape = () => {
  const edge = Buffer.alloc(32)
  edge.write('APETAGEX', 0)
  edge.writeUInt32LE(100 + 32, 12)
  return join(edge, zeros(100), edge)
}
const id3v1 = () => join(latin1('TAG'), zeros(125))

describe('an MP3 begins with', () => {
  test.for<{ what: string; front: Uint8Array }>([
    { what: 'zeros', front: zeros(512) },
    { what: 'padding outside of its tag', front: join(id3(), zeros(700)) },
    { what: 'a tag with a footer', front: id3(true) },
    { what: 'two tags', front: join(id3(), id3()) },
    { what: 'an APE tag', front: ape() },
    { what: 'the rest of a frame', front: Uint8Array.from({ length: 90 }, (_, index) => (index * 37) % 251) },
  ])('$what', async ({ front }) => {
    const [expected, samples] = await Promise.all([clip('mp3'), clip('mp3').then((mp3) => join(front, mp3))])
    expect(await decodeSamples(samples)).toEqual(await decodeSamples(expected))
  })
})

test('a FLAC file may begin with two tags', async () => {
  const flac = await clip('flac')
  expect(await decodeSamples(join(id3(), id3(), flac))).toEqual(await decodeSamples(flac))
})

/** FLAC that is written to a pipe does not know its number of samples. */
const unknownLength = (flac: Uint8Array) => {
  const file = Buffer.from(flac)
  file.writeUInt8((file[21] ?? 0) & 0xf0, 21)
  file.writeUInt32BE(0, 22)
  return file
}

describe.for(['ogg', 'opus', 'webm', 'flac', 'mp3', 'wav'])('%s ends with', (extension) => {
  test.for<{ what: string; behind: Uint8Array }>([
    { what: 'a tag', behind: id3v1() },
    { what: 'zeros', behind: zeros(300) },
  ])('$what', async ({ behind }) => {
    const plain = await clip(extension)
    const file = extension === 'flac' ? unknownLength(plain) : plain
    const samples = await decodeSamples(join(file, behind))
    expect(samples).toEqual(await decodeSamples(plain))
  })
})

describe('Ogg files put together', () => {
  test.for([
    ['opus', 'opus'],
    ['ogg', 'ogg'],
    ['ogg', 'opus'],
    ['opus', 'ogg', 'opus'],
  ])('%s and %s decode to all of their audio', async (extensions) => {
    const files = await Promise.all(extensions.map(clip))
    const lengths = await Promise.all(files.map(async (file) => (await decodeSamples(file)).length))
    const { length } = await decodeSamples(join(...files))
    expect(Math.abs(length - lengths.reduce((sum, one) => sum + one, 0))).toBeLessThan(1600)
  })
})

describe('WAV', () => {
  const samples = tone(440, 16_000, 0.2)
  const data = pcm16(samples)

  test.for([0x7fff_0000, 0x7fff_f000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff])(
    'from a pipe declares %i bytes',
    async (declaredSize) => {
      expect(await decodeSamples(wavFile({ data, declaredSize }))).toHaveLength(3200)
    },
  )

  /** Encodes samples as integers of `bits`, in containers of `bytes`. */
  const integers = (bits: number, bytes: number, isLeft: boolean) => {
    const encoded = Buffer.alloc(samples.length * bytes)
    for (const [index, sample] of samples.entries()) {
      const value = Math.round(sample * (2 ** (bits - 1) - 1))
      const shifted = isLeft ? value * 2 ** (8 * bytes - bits) : value
      encoded.writeIntLE(shifted, index * bytes, bytes)
    }
    return encoded
  }
  test.for([
    { bits: 12, bytes: 2, isLeft: true },
    { bits: 20, bytes: 3, isLeft: true },
    { bits: 24, bytes: 4, isLeft: true },
    { bits: 24, bytes: 4, isLeft: false },
    { bits: 24, bytes: 3, isLeft: true },
  ])('has $bits bits in $bytes bytes', async ({ bits, bytes, isLeft }) => {
    const file = Buffer.from(wavFile({ data: integers(bits, bytes, isLeft), bits }))
    file.writeUInt16LE(bytes, 32)
    const decoded = await decodeSamples(file)
    expect(decoded).toHaveLength(samples.length)
    expect(decoded.findIndex((sample, index) => Math.abs(sample - (samples[index] ?? NaN)) > 0.001)).toBe(-1)
  })

  test('has channels out of phase', async () => {
    const interleaved = Float32Array.from({ length: 2 * samples.length }, (_, index) =>
      index % 2 ? -(samples[index >> 1] ?? 0) : (samples[index >> 1] ?? 0),
    )
    const decoded = await decodeSamples(wavFile({ channelCount: 2, data: pcm16(interleaved) }))
    expect(Math.max(...decoded)).toBeCloseTo(0.5, 2)
  })
})

const layerTwo = () => {
  const header = [0xff, 0xfd, 0x80, 0x00]
  const frame = Uint8Array.from({ length: 417 }, (_, index) => header[index] ?? 0)
  return join(...Array.from({ length: 20 }, () => frame))
}

describe('needs ffmpeg:', () => {
  test.for<{ what: string; bytes: Uint8Array; message: RegExp }>([
    { what: 'MPEG audio of layer II', bytes: layerTwo(), message: /^MPEG audio of layer 2 needs ffmpeg/ },
    {
      what: 'ADPCM in WAV',
      bytes: wavFile({ format: 2, bits: 4, data: zeros(100) }),
      message: /^WAV of format 2 with 4 bits needs ffmpeg/,
    },
    { what: 'RF64', bytes: latin1('RF64\xff\xff\xff\xffWAVE'), message: /^RF64 needs ffmpeg/ },
    { what: 'Wave64', bytes: latin1('riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb'), message: /^Wave64 needs ffmpeg/ },
    { what: 'AIFF', bytes: latin1('FORM\0\0\0\x20AIFC'), message: /^AIFF needs ffmpeg/ },
    { what: 'CAF', bytes: latin1('caff\0\x01\0\0desc'), message: /^CAF needs ffmpeg/ },
    { what: 'AMR', bytes: latin1('#!AMR-WB\n\0\0\0'), message: /^AMR needs ffmpeg/ },
  ])('$what', async ({ bytes, message }) => {
    const result = decodeSamples(bytes)
    await expect(result).rejects.toThrow(UnsupportedAudioError)
    await expect(result).rejects.toThrow(message)
  })
})
