import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { UnsupportedAudioError, type Segment, type Transcriber, type Word } from '@livepeer-ai/gateway'
import { containerOf } from '@livepeer-ai/openapi'

export const speechFolder: URL = new URL('../../packages/conformance/fixtures/speech/', import.meta.url)

const spoken: Record<string, string> = {
  'austen-0880': 'He was not an ill disposed young man.',
  'austen-0890': 'Unless to be rather cold hearted, and rather selfish, is to be ill disposed.',
  'austen-0930': 'He might even have been made amiable himself.',
}

/** The sentence whose beginning is the short clip. */
const beginning = 'austen-0930'

interface Clip {
  text: string
  /** Length in seconds. */
  duration: number
  /** Some samples from the middle of the WAV file. Adjacent clips share their ends. */
  sample: Buffer
}

/** Offset of the sample of a clip in its WAV file. */
const sampleAt = 32_044

/**
 * Returns a transcriber that recognizes only the speech fixtures, at any offset in a WAV file and
 * at their original volume. A WAV file with another rate or width has the first one; other
 * recordings are silent, and other files are refused.
 */
export async function loadStubTranscriber(): Promise<Transcriber> {
  const { clips, encoded } = await loadClips()
  const usual = clips.find(({ text }) => text === spoken[beginning])

  function hear(bytes: Buffer): { duration: number; segments: Segment[] } {
    if (bytes.toString('latin1', 0, 4) === 'fLaC' && !encoded.has(sha256(bytes))) return hear(toWav(bytes))
    const known = encoded.get(sha256(bytes))
    if (known) return known
    const container = containerOf(bytes)
    const isSilent = container !== undefined && !['wav', 'm4a', 'aac'].includes(container) && bytes.length > 100
    if (isSilent) return { duration: 1, segments: [] }
    if (container !== 'wav' || bytes.length <= 44) throw new UnsupportedAudioError('This is not a recording.')
    const bytesPerSecond = bytes.readUInt32LE(28) || 32_000
    const duration = (bytes.length - 44) / bytesPerSecond
    if (bytesPerSecond !== 32_000 && usual)
      return { duration, segments: [say(usual, 0, duration)].filter(({ text }) => text) }
    const segments = clips.flatMap((clip) =>
      findAll(bytes, clip.sample).map((at) => say(clip, (at - sampleAt) / bytesPerSecond, duration)),
    )
    return { duration, segments: segments.toSorted((one, other) => one.start - other.start) }
  }

  return {
    load: () => Promise.resolve(),
    close: () => Promise.resolve(),
    async transcribe({ bytes }, { words }) {
      const { duration, segments } = hear(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))
      const text = segments.map((segment) => segment.text).join(' ')
      return {
        text,
        duration,
        segments: words ? segments : segments.map(({ start, end, text: said }) => ({ start, end, text: said })),
      }
    },
  }
}

/** Reads the fixtures. `encoded` has the transcript of each file by the digest of the file. */
async function loadClips(): Promise<{
  clips: Clip[]
  encoded: Map<string, { duration: number; segments: Segment[] }>
}> {
  const names = (await readdir(speechFolder)).filter((name) => !name.endsWith('.md'))
  const files = await Promise.all(
    names.map(async (name) => ({ name, bytes: await readFile(new URL(name, speechFolder)) })),
  )
  const durations = new Map(
    files
      .filter(({ name }) => name.endsWith('.wav'))
      .map(({ name, bytes }) => [clipOf(name), (bytes.length - 44) / 32_000] as const),
  )
  const clips = new Map(
    Object.entries(spoken).map(([name, text]) => {
      const wav = files.find((file) => file.name === `${name}.wav`)
      const duration = durations.get(name)
      if (!wav || duration === undefined) throw new Error(`${name}.wav is missing`)
      return [name, { text, duration, sample: wav.bytes.subarray(sampleAt, sampleAt + 512) }] as const
    }),
  )
  const encoded = new Map(
    files.map(({ name, bytes }) => {
      const clip = clips.get(clipOf(name)) ?? clips.get(beginning)
      const duration = durations.get(clipOf(name))
      if (!clip || duration === undefined) throw new Error(`${name} has no transcript`)
      const segments: Segment[] = [say(clip, 0, duration)]
      return [sha256(bytes), { duration, segments }] as const
    }),
  )
  return { clips: [...clips.values()], encoded }
}

/** Returns the name of a fixture without its extension. */
function clipOf(name: string): string {
  const [clip = ''] = name.split('.', 1)
  return clip
}

/** Returns a clip that begins at `offset` seconds, with words in equal steps until `end`. */
function say({ text, duration }: Clip, offset: number, end: number): Segment {
  const all = text.split(' ')
  const step = (duration - 0.6) / all.length
  const words = all
    .map((word, index): Word => ({
      start: offset + 0.3 + step * index,
      end: offset + 0.3 + step * (index + 1) - 0.02,
      text: word,
    }))
    .filter((word) => word.start >= 0 && word.end <= end)
  return {
    start: words[0]?.start ?? 0,
    end: words.at(-1)?.end ?? 0,
    text: words.map((word) => word.text).join(' '),
    words,
  }
}

/** Decodes the FLAC files of the suite, which are not compressed. */
function toWav(flac: Buffer): Buffer {
  let at = 4
  for (let isLast = false; !isLast; at += 4 + flac.readUIntBE(at + 1, 3)) isLast = flac.readUInt8(at) >= 0x80
  const samples: Buffer[] = []
  // Zeros may follow the frames.
  while (flac[at] === 0xff) {
    const numberBytes = Buffer.from(String.fromCodePoint(samples.length)).length
    const size = flac.readUInt16BE(at + 4 + numberBytes) + 1
    const start = at + 10 + numberBytes
    samples.push(Buffer.from(flac.subarray(start, start + 2 * size)).swap16())
    at = start + 2 * size + 2
  }
  const head = Buffer.alloc(44)
  head.write('RIFF')
  head.write('WAVE', 8)
  head.writeUInt32LE(2 * Number(flac.readBigUInt64BE(18) >> 44n), 28)
  return Buffer.concat([head, ...samples])
}

function findAll(bytes: Buffer, sought: Buffer): number[] {
  const found: number[] = []
  for (let at = bytes.indexOf(sought); at >= 0; at = bytes.indexOf(sought, at + 1)) found.push(at)
  return found
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
