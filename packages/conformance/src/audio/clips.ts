import { readFile } from 'node:fs/promises'
import { cutMp3 } from './mp3.ts'
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

export type SentenceContainer = 'wav' | 'mp3' | 'flac' | 'ogg' | 'opus' | 'webm' | 'm4a'

/** The recordings that the checks send. */
export interface Clips {
  /** The shortest clip that holds several words and that every known gateway accepts. */
  short: Clip
  /** One sentence in each container. */
  sentence: Record<SentenceContainer, Clip> & Partial<Record<string, Clip>>
  /** Sentences with different words; the first one is `sentence`. */
  sentences: Clip[]
  /** Samples of the sentence and of the short clip, to derive other recordings from. */
  sounds: { sentence: Sound; short: Sound }
}

const types: Record<SentenceContainer, string> = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  opus: 'audio/opus',
  webm: 'audio/webm',
  m4a: 'audio/mp4',
}

const sentenceName = 'austen-0930'
const spokenWords = {
  [sentenceName]: 'he might even have been made amiable himself',
  'austen-0880': 'he was not an ill disposed young man',
  'austen-0890': 'unless to be rather cold hearted and rather selfish is to be ill disposed',
}

/** The end of the fifth word. */
const shortSeconds = 1.26
const shortWords = 'he might even have been'

const readSpeech = async (file: string): Promise<Buffer> =>
  readFile(new URL(`../../fixtures/speech/${file}`, import.meta.url))

/**
 * Reads the recordings that the package contains.
 *
 * @param refused - Containers that the gateway is known to reject. If WAV is one, the short clip is
 * an MP3.
 */
export async function loadClips(refused: readonly string[] = []): Promise<Clips> {
  const sentences = await Promise.all(
    Object.entries(spokenWords).map(async ([name, words]) => {
      const sound = decodeWav(await readSpeech(`${name}.wav`))
      return wavClip(sound, `${name}.wav`, words)
    }),
  )
  const sound = decodeWav(await readSpeech(`${sentenceName}.wav`))
  const short = cutSound(sound, 0, shortSeconds)
  const sentence = await readSentence(sound.samples.length / sound.rate)
  return {
    short: refused.includes('wav')
      ? {
          ...sentence.mp3,
          filename: 'short.mp3',
          bytes: cutMp3(sentence.mp3.bytes, shortSeconds),
          seconds: shortSeconds,
          words: shortWords,
        }
      : wavClip(short, 'short.wav', shortWords),
    sentence,
    sentences,
    sounds: { sentence: sound, short },
  }
}

async function readSentence(seconds: number): Promise<Clips['sentence']> {
  const read = async (container: SentenceContainer): Promise<Clip> => {
    const filename = `${sentenceName}.${container}`
    const bytes = await readSpeech(filename)
    return { filename, type: types[container], bytes, seconds, container, words: spokenWords[sentenceName] }
  }
  const [wav, mp3, flac, ogg, opus, webm, m4a] = await Promise.all([
    read('wav'),
    read('mp3'),
    read('flac'),
    read('ogg'),
    read('opus'),
    read('webm'),
    read('m4a'),
  ])
  return { wav, mp3, flac, ogg, opus, webm, m4a }
}

/** Returns a sound as a WAV file to upload. */
export function wavClip(sound: Sound, filename: string, words?: string, format?: WavFormat): Clip {
  return {
    filename,
    type: 'audio/wav',
    bytes: encodeWav(sound, format),
    seconds: sound.samples.length / sound.rate,
    container: 'wav',
    words,
  }
}
