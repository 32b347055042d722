import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { mutate } from '../testing/mutate.ts'
import { createRandom } from '../testing/random.ts'
import { containers, readClip } from '../testing/speech-clips.ts'
import { pcm16, tone, wavFile } from '../testing/wav-file.ts'
import { AudioTooLongError, UnsupportedAudioError } from '../transcriber-error.ts'
import { decodeAudio, type DecodeOptions } from './decode-audio.ts'

const options = { maxDuration: 60, ffmpeg: 'ffmpeg' }
const speech = 3.29
const hasFfmpeg = (() => {
  try {
    execFileSync('ffmpeg', ['-version'])
    return true
  } catch {
    return false
  }
})()

const rms = (samples: Float32Array) => Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length)

/** Returns the normalized correlation: 1 if both are alike and begin at the same time. */
function similarity(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, sample, index) => sum + sample * (b[index] ?? 0), 0) / a.length / (rms(a) * rms(b))
}

/** Returns all decoded samples. */
async function decode(bytes: Uint8Array, how: DecodeOptions): Promise<Float32Array> {
  const samples: number[] = []
  for await (const piece of decodeAudio(bytes, how)) for (const sample of piece) samples.push(sample)
  return Float32Array.from(samples)
}

describe('decodeAudio()', () => {
  test.for(containers)('decodes %s to what was recorded', async (extension) => {
    const samples = await decode(await readClip(`austen-0930.${extension}`), options)
    const recorded = await decode(await readClip('austen-0930.wav'), options)
    expect(Math.abs(samples.length / 16_000 - speech)).toBeLessThan(0.15)
    expect(similarity(recorded, samples)).toBeGreaterThan(0.9)
  })

  test.runIf(hasFfmpeg)('decodes m4a with ffmpeg', async () => {
    const samples = await decode(await readClip('austen-0930.m4a'), options)
    expect(Math.abs(samples.length / 16_000 - speech)).toBeLessThan(0.15)
  })

  test('says that m4a needs ffmpeg if it is missing', async () => {
    const result = decode(await readClip('austen-0930.m4a'), { ...options, ffmpeg: 'no-such-ffmpeg' })
    await expect(result).rejects.toThrow(UnsupportedAudioError)
    await expect(result).rejects.toThrow(/needs ffmpeg, and no-such-ffmpeg cannot be started. Install it/)
  })

  test('decides by the content, with or without an ID3 tag', async () => {
    const tag = Uint8Array.from([...Buffer.from('ID3\x04\0\0\0\0\x02\0', 'latin1'), ...new Uint8Array(256)])
    const flac = await readClip('austen-0930.flac')
    expect(await decode(Buffer.concat([tag, flac]), options)).toEqual(await decode(flac, options))
  })

  test('mixes channels to their mean and changes the sample rate', async () => {
    const [left, right] = [tone(300, 48_000, 0.5, 0.8), tone(300, 48_000, 0.5, 0.2)]
    const interleaved = Float32Array.from(
      { length: left.length * 2 },
      (_, index) => (index % 2 ? right : left)[index >> 1] ?? 0,
    )
    const samples = await decode(wavFile({ sampleRate: 48_000, channelCount: 2, data: pcm16(interleaved) }), options)
    expect(samples).toHaveLength(8000)
    expect(rms(samples.slice(1000, 7000))).toBeCloseTo(0.5 / Math.SQRT2, 2)
  })

  test('treats values that are not finite as silence', async () => {
    const data = new Uint8Array(Float32Array.of(0.5, NaN, Infinity, -0.5).buffer)
    expect([...(await decode(wavFile({ format: 3, bits: 32, data }), options))]).toEqual([0.5, 0, 0, -0.5])
  })

  test('accepts audio of exactly the maximum duration', async () => {
    expect(await decode(await readClip('austen-0930.wav'), { ...options, maxDuration: speech })).toHaveLength(52_640)
  })

  test.for([...containers, ...(hasFfmpeg ? ['m4a'] : [])])(
    'refuses %s that is longer than allowed',
    async (extension) => {
      const result = decode(await readClip(`austen-0930.${extension}`), { ...options, maxDuration: 3 })
      await expect(result).rejects.toThrow(AudioTooLongError)
      await expect(result).rejects.toThrow('The audio is longer than 3 seconds. Send it in parts.')
    },
  )

  test('stops when the signal aborts', async () => {
    const signal = AbortSignal.abort(new Error('Enough.'))
    await expect(decode(await readClip('austen-0930.mp3'), { ...options, signal })).rejects.toThrow('Enough.')
  })

  test.for([
    {
      what: 'an empty file',
      bytes: '',
      message: /^The file is empty, and not in a known audio format\. Send wav, mp3, flac/,
    },
    { what: 'text', bytes: 'Once upon a time.', message: /^The file is not in a known audio format\. Send wav/ },
    {
      what: 'a wav file without samples',
      bytes: wavFile({ data: new Uint8Array() }),
      message: /has no audio that can be decoded/,
    },
    {
      what: 'an unusual sample rate',
      bytes: wavFile({ sampleRate: 1, data: new Uint8Array(8) }),
      message: /a sample rate of 1 Hz; supported are 4000 to 192000 Hz/,
    },
    { what: 'an ogg file with something else', bytes: 'OggS', message: /The ogg file is corrupt/ },
  ])('rejects $what', async ({ bytes, message }) => {
    const result = decode(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, options)
    await expect(result).rejects.toThrow(UnsupportedAudioError)
    await expect(result).rejects.toThrow(message)
  })
})

/** Returns `decoded` or `refused`; anything else is an error of the decoder. */
const outcome = (bytes: Uint8Array) =>
  decode(bytes, options).then(
    () => 'decoded',
    (error: unknown) => (error instanceof UnsupportedAudioError ? 'refused' : error),
  )

describe('decodeAudio() of corrupt audio', () => {
  const extensions = [...containers, 'm4a']

  test.for(extensions)('refuses %s with nothing behind its first bytes', async (extension) => {
    const file = await readClip(`austen-0930.${extension}`)
    for (const length of [1, 4, 12, 30]) expect(await outcome(file.slice(0, length)), `${length} bytes`).toBe('refused')
  })

  test.for(['wav', 'flac', 'ogg', 'opus', 'webm'])('rejects %s that is cut off', async (extension) => {
    const file = await readClip(`austen-0930.${extension}`)
    for (const part of [0.3, 0.6, 0.95]) {
      const length = Math.floor(file.length * part)
      expect(await outcome(file.slice(0, length)), `${length} bytes`).toBe('refused')
    }
  })

  test.for(['flac', 'ogg', 'opus'])('finds any changed byte in %s by its checksums', async (extension) => {
    const file = await readClip(`austen-0930.${extension}`)
    const random = createRandom(7)
    for (let round = 0; round < 20; round++) {
      const changed = file.slice()
      // Skips the headers of FLAC: the checksum covers the samples, not the comments.
      const index = 9000 + Math.floor(random() * (file.length - 9000))
      changed[index] = (changed[index] ?? 0) ^ (1 << Math.floor(random() * 8))
      expect(await outcome(changed), `byte ${index}`).toBe('refused')
    }
  })

  test('decodes or rejects 280 mutations of the clips, and never fails otherwise', async () => {
    const random = createRandom(42)
    for (const extension of extensions) {
      const file = await readClip(`austen-0930.${extension}`)
      for (let round = 0; round < 40; round++) {
        expect(await outcome(mutate(file, round, random)), `${extension}, round ${round}`).toMatch(/decoded|refused/)
      }
    }
  })

  test('decodes or rejects noise after the first bytes of each container', async () => {
    const random = createRandom(99)
    for (const extension of extensions) {
      const file = await readClip(`austen-0930.${extension}`)
      for (const kept of [4, 64, 400]) {
        const noise = file.map((byte, index) => (index < kept ? byte : Math.floor(random() * 256)))
        expect(await outcome(noise), `${extension}, ${kept} bytes kept`).toMatch(/decoded|refused/)
      }
    }
  })
})
