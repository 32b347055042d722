import { readFile } from 'node:fs/promises'
import { encodeFlac } from './flac.ts'
import { cutSound, decodeWav, encodeWav, type Sound, type WavFormat } from './wav.ts'

/** A recording to upload. */
export interface Clip {
  filename: string
  type: string
  bytes: Buffer
  seconds: number
  /** Usual file extension, for example `wav`. */
  container: string
  /** The spoken words in lower case and without punctuation. */
  words?: string | undefined
}

const types = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  opus: 'audio/opus',
  webm: 'audio/webm',
  m4a: 'audio/mp4',
}

export type ContainerName = keyof typeof types

/** The compressed containers that every gateway must decode. */
export const commonContainers = ['mp3', 'flac', 'webm'] as const

/** The recordings that the checks send. */
export interface Clips {
  /** The shortest clip that holds several words and that every known gateway accepts. */
  short: Clip
  /** The short clip in each container. */
  containers: Record<ContainerName, Clip>
  /** Sentences with different words. */
  sentences: Clip[]
  /** The first sentence. */
  sentence: Clip
  /** Samples to derive other recordings from; `sentence` is the first one of the sentences. */
  sounds: { sentence: Sound; sentences: Sound[]; short: Sound }
  /**
   * Encodes a sound in a lossless container that the gateway accepts.
   *
   * @param name - File name without its extension.
   * @param extra - Other bytes before the samples, like a tag.
   */
  encode: (sound: Sound, name: string, changes?: { words?: string | undefined; extra?: Uint8Array }) => Clip
}

/** The fixture, the end in seconds and the words of each sentence. */
const sentences: [name: string, end: number, words: string][] = [
  ['austen-0930', Infinity, 'he might even have been made amiable himself'],
  ['austen-0880', Infinity, 'he was not an ill disposed young man'],
  ['austen-0890', 2.2, 'unless to be rather cold hearted'],
]

/** The end of the fourth word of the first sentence. A known gateway rejects less than a second. */
const shortSeconds = 1.07
const shortWords = 'he might even have'

const readSpeech = async (file: string): Promise<Buffer> =>
  readFile(new URL(`../../fixtures/speech/${file}`, import.meta.url))

/**
 * Reads the recordings that the package contains.
 *
 * @param refused - Containers that the gateway is known to reject. If WAV is one, recordings in
 * lossless containers are FLAC.
 */
export async function loadClips(refused: readonly string[] = []): Promise<Clips> {
  const encode: Clips['encode'] = (sound, name, { words, extra } = {}) =>
    refused.includes('wav')
      ? { ...wavClip(sound, `${name}.flac`, words), ...as('flac'), bytes: encodeFlac(sound, extra) }
      : { ...wavClip(sound, `${name}.wav`, words), bytes: encodeWav(sound, {}, extra) }
  const spoken = await Promise.all(
    sentences.map(async ([name, end, words]) => {
      const sound = cutSound(decodeWav(await readSpeech(`${name}.wav`)), 0, end)
      return { sound, clip: encode(sound, name, { words }) }
    }),
  )
  const [first] = spoken
  if (!first) throw new Error('there is no sentence')
  const short = cutSound(first.sound, 0, shortSeconds)
  return {
    short: encode(short, 'short', { words: shortWords }),
    containers: await readContainers(),
    sentences: spoken.map(({ clip }) => clip),
    sentence: first.clip,
    sounds: { sentence: first.sound, sentences: spoken.map(({ sound }) => sound), short },
    encode,
  }
}

async function readContainers(): Promise<Clips['containers']> {
  const clips = await Promise.all(
    Object.keys(types).map(async (name) => {
      const container = name as ContainerName
      const filename = `short.${container}`
      const bytes = await readSpeech(filename)
      return [container, { filename, ...as(container), bytes, seconds: shortSeconds, words: shortWords }] as const
    }),
  )
  return Object.fromEntries(clips) as Clips['containers']
}

const as = (container: ContainerName): Pick<Clip, 'container' | 'type'> => ({ container, type: types[container] })

/** Returns a sound as a WAV file to upload. */
export function wavClip(sound: Sound, filename: string, words?: string, format?: WavFormat): Clip {
  return {
    filename,
    ...as('wav'),
    bytes: encodeWav(sound, format),
    seconds: sound.samples.length / sound.rate,
    words,
  }
}
