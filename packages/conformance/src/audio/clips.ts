import { readFile } from 'node:fs/promises'
import { cutMp3 } from './mp3.ts'
import { cutSound, decodeWav, encodeWav, type Sound, type WavFormat } from './wav.ts'

/** A recording to upload. */
export interface Clip {
  filename: string
  type: string
  bytes: Buffer
  seconds: number
  /** As in a file name, for example `wav`. */
  container: string
  /** The words that are spoken, in lower case and without punctuation. */
  words?: string
}

/** The recordings that the checks send. */
export interface Clips {
  /** The shortest that holds several words and that every known gateway takes: little over a second. */
  short: Clip
  /** One sentence, by container: wav, mp3, flac, ogg, opus, webm, m4a. */
  sentence: Record<string, Clip>
  /** Sentences of different words, the first the one of `sentence`. */
  sentences: Clip[]
  /** The samples of the sentence and of the short clip, to make others of. */
  sounds: { sentence: Sound; short: Sound }
}

const types: Record<string, string> = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  opus: 'audio/opus',
  webm: 'audio/webm',
  m4a: 'audio/mp4',
}

const spoken = {
  'austen-0930': 'he might even have been made amiable himself',
  'austen-0880': 'he was not an ill disposed young man',
  'austen-0890': 'unless to be rather cold hearted and rather selfish is to be ill disposed',
}

/** After five words. */
const shortSeconds = 1.26

/**
 * Reads the recordings that the package carries.
 *
 * @param refused - Containers that the gateway is known to refuse; the short clip is an MP3 where WAV is one.
 */
export async function loadClips(refused: readonly string[] = []): Promise<Clips> {
  const read = (file: string) => readFile(new URL(`../../fixtures/speech/${file}`, import.meta.url))
  const [sentence, ...others] = await Promise.all(
    Object.entries(spoken).map(async ([name, words]) =>
      wavClip(decodeWav(await read(`${name}.wav`)), `${name}.wav`, words),
    ),
  )
  const { seconds, words } = sentence!
  const containers = await Promise.all(
    Object.entries(types).map(async ([container, type]): Promise<[string, Clip]> => {
      const filename = `austen-0930.${container}`
      return [container, { filename, type, bytes: await read(filename), seconds, container, words: words! }]
    }),
  )
  const sound = decodeWav(sentence!.bytes)
  const short = cutSound(sound, 0, shortSeconds)
  const files = Object.fromEntries(containers)
  const shortWav = wavClip(short, 'short.wav', 'he might even have been')
  const { mp3 } = files
  return {
    short: refused.includes('wav')
      ? {
          ...shortWav,
          ...mp3!,
          filename: 'short.mp3',
          bytes: cutMp3(mp3!.bytes, shortSeconds),
          seconds: shortSeconds,
          words: shortWav.words!,
        }
      : shortWav,
    sentence: files,
    sentences: [sentence!, ...others],
    sounds: { sentence: sound, short },
  }
}

/** A sound as a WAV file to upload. */
export function wavClip(sound: Sound, filename: string, words?: string, format?: WavFormat): Clip {
  return {
    filename,
    type: 'audio/wav',
    bytes: encodeWav(sound, format),
    seconds: sound.samples.length / sound.rate,
    container: 'wav',
    ...(words && { words }),
  }
}
