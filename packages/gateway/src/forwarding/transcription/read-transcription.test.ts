import { expect, test } from 'vitest'
import { readTranscription } from './read-transcription.ts'

const text = 'Hello there world.'
const segment = { id: 0, seek: 0, start: 0, end: 2.5, text: ' Hello there world.', tokens: [1] }
const timed = (words: string[], key = 'word') =>
  words.map((word, index) => ({ [key]: word, start: index * 0.5, end: index * 0.5 + 0.5 }))
const plain = ['Hello', 'there', 'world']
const blank = ['Hello', ' there', ' world']
const tokens = [' Hello', ' there', ' world', '.']
const scaled = (factor: number) => ({
  ...segment,
  end: 2.5 * factor,
  words: timed(tokens).map((word) => scale(word, factor)),
})
const scale = (word: ReturnType<typeof timed>[number], factor: number) => ({
  ...word,
  start: word.start * factor,
  end: word.end * factor,
})

type Spans = [start: number, end: number, text: string][]

interface Expected {
  /** The seconds of the recording, if the bytes can be decoded. */
  measured?: number
  sentences?: Spans
  words: Spans
}

const sentence: Spans = [[0, 2.5, text]]
const exact: Spans = [
  [0, 0.5, 'Hello'],
  [0.5, 1, 'there'],
  [1, 1.5, 'world'],
]
const dotted: Spans = [
  [0, 0.5, 'Hello'],
  [0.5, 1, 'there'],
  [1, 2, 'world.'],
]
/** Words share the time of their sentence by their length. */
const shared = (end: number): Spans => [
  [0, (end * 5) / 16, 'Hello'],
  [(end * 5) / 16, (end * 10) / 16, 'there'],
  [(end * 10) / 16, end, 'world.'],
]

const answers: [engine: string, body: unknown, expected: Expected][] = [
  ['OpenAI', { language: 'english', duration: 2.99, text, segments: [segment], words: timed(plain) }, { words: exact }],
  ['vLLM', { duration: '2.99', text: ` ${text}`, segments: [segment], words: null }, { words: shared(2.5) }],
  [
    'Speaches with words',
    { duration: 2.99, text, segments: null, words: timed(blank) },
    { sentences: [[0, 1.5, text]], words: exact },
  ],
  [
    'Speaches with segments',
    { duration: 2.99, text, segments: [{ ...segment, words: null }], words: null },
    { words: shared(2.5) },
  ],
  [
    'whisper.cpp',
    { duration: 2.99, text: ` ${text}\n`, segments: [{ ...segment, words: timed(tokens) }] },
    { words: dotted },
  ],
  ['only text', { text }, { measured: 4, sentences: [[0, 4, text]], words: shared(4) }],
  [
    'only text of a recording that cannot be measured',
    { text },
    { sentences: [[0, Infinity, text]], words: [[0, Infinity, text]] },
  ],
  [
    'nulls',
    { text, language: null, duration: null, segments: [{ id: 0, start: 0, end: null, text }] },
    { measured: 2.5, words: shared(2.5) },
  ],
  ['silence', { duration: 2.99, text: '', segments: [] }, { sentences: [], words: [] }],
  ['nanoseconds beside no duration', { text, segments: [scaled(1e9)] }, { words: dotted }],
  ['nanoseconds in a measured recording', { text, segments: [scaled(1e9)] }, { measured: 2.99, words: dotted }],
  ['nanoseconds that go beyond the end', { text, segments: [scaled(1e9)] }, { measured: 1.08, words: dotted }],
  ['milliseconds beside seconds', { text, duration: 2.99, segments: [scaled(1e3)] }, { words: dotted }],
  ['milliseconds beside milliseconds', { text, duration: 2990, segments: [scaled(1e3)] }, { words: dotted }],
  ['microseconds', { text, segments: [scaled(1e6)] }, { words: dotted }],
  [
    'numeric strings',
    { text, duration: '2.99', segments: [{ text, start: '0', end: '2.50' }] },
    { words: shared(2.5) },
  ],
  ['clock times', { text, segments: [{ text, start: '00:00:00.000', end: '00:00:02,500' }] }, { words: shared(2.5) }],
  ['seconds with a mark', { text, segments: [{ text, start: '0s', end: '2.500s' }] }, { words: shared(2.5) }],
  ['pairs of times', { text, chunks: [{ text, timestamp: [0, 2.5] }] }, { words: shared(2.5) }],
  ['times that are all zero', { text, duration: 2.5, segments: [{ text, start: 0, end: 0 }] }, { words: shared(2.5) }],
  ['an answer in a list', [{ results: [{ text, segments: [segment], words: timed(plain) }] }], { words: exact }],
  ['nanoseconds beside nanoseconds', { text, duration: 2.99e9, segments: [scaled(1e9)] }, { words: dotted }],
  ['inner objects', { result: { data: { text, segments: [segment], words: timed(plain) } } }, { words: exact }],
  [
    'segments without a text',
    { result: { language: 'en' }, transcription: [{ timestamps: { from: '00:00:00,000', to: '00:00:02,500' }, text }] },
    { words: shared(2.5) },
  ],
  ['words alone', { words: timed(plain, 'text') }, { sentences: [[0, 1.5, 'Hello there world']], words: exact }],
  [
    'words of which one has no time',
    {
      text,
      segments: [
        {
          ...segment,
          words: [{ word: 'Hello', start: 0, end: 0.5 }, { word: 'there' }, { word: 'world', start: 1, end: 1.5 }],
        },
      ],
    },
    { words: exact },
  ],
  [
    'a window that goes beyond the end',
    { text, duration: 2.5, segments: [{ ...segment, end: 30 }] },
    { words: shared(2.5) },
  ],
  ['negative times', { text, duration: 2.5, segments: [{ text, start: -1, end: -1 }] }, { words: shared(2.5) }],
]

test.for(answers)('reads %s', async ([, body, { measured, sentences = sentence, words }]) => {
  const list = async (withWords: boolean) => {
    const { segments } = await readTranscription(body, { words: withWords, measure: () => Promise.resolve(measured) })
    return withWords ? segments.flatMap((one) => one.words ?? []) : segments
  }
  const flat = (spans: { start: number; end: number; text: string }[]) =>
    spans.map((span) => [span.start, span.end, span.text])
  expect(flat(await list(false))).toEqual(sentences)
  expect(flat(await list(true))).toEqual(words)
})

test.for<[string, unknown, string]>([
  ['no transcription', { error: { message: 'No.', text: 'No.' } }, 'it is no verbose_json transcription'],
  ['a word without text', { text, words: [null] }, 'a segment or word has no text'],
  ['a time without form', { text, segments: [{ text, start: 'soon' }] }, 'the time "soon" is in no known form'],
  ['picoseconds', { text, segments: [scaled(1e12)] }, 'its times are in no known unit'],
  ['times of day', { text, segments: [{ text, start: 1.7e9, end: 1.7e9 + 2.5 }] }, 'its times are in no known unit'],
  [
    'times beyond the recording',
    { text, duration: 2.99, segments: [{ text, start: 59, end: 62 }] },
    'its times are in no known unit',
  ],
])('refuses %s', async ([, body, message]) => {
  const reading = readTranscription(body, { words: true, measure: () => Promise.resolve(undefined) })
  await expect(reading).rejects.toThrow(message)
})
