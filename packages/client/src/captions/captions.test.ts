import Parser from 'srt-parser-2'
import { expect, test } from 'vitest'
// @ts-expect-error The package has no types.
import { WebVTTParser } from 'webvtt-parser'
import { toSrt, toText, toVtt, type TimedText } from './index.ts'

const parseSrt = (text: string) => new Parser().fromSrt(text)
const parseVtt = (text: string) =>
  new WebVTTParser().parse(text) as { cues: { startTime: number; endTime: number }[]; errors: unknown[] }

const ms = (...seconds: number[]) => seconds.map((value) => Math.round(value * 1000))
const letters = (text: string) => text.replaceAll(/\s/g, '')
const cues = (transcript: TimedText = timed()) => parseSrt(toSrt(transcript)).map(({ text }) => text)

const chunk = (start: number, end: number | null, text: string) => ({ timestamp: [start, end], text })
const timed = (...chunks: TimedText['chunks']): TimedText => ({ text: chunks.map(({ text }) => text).join(''), chunks })

const short = timed(
  chunk(0, 2.5, ' He was not an ill disposed young man.'),
  chunk(2.5, null, ' Unless <that> & --> more.'),
)

test('toSrt() writes SubRip', () => {
  expect(toSrt(short)).toBe(
    `1\n00:00:00,000 --> 00:00:02,500\nHe was not an ill disposed young man.\n\n2\n00:00:02,500 --> 00:00:04,029\nUnless <that> & --> more.\n`,
  )
})

test('toVtt() writes WebVTT, with markup escaped', () => {
  expect(toVtt(short)).toBe(
    `WEBVTT\n\n00:00:00.000 --> 00:00:02.500\nHe was not an ill disposed young man.\n\n00:00:02.500 --> 00:00:04.029\nUnless &lt;that&gt; &amp; --&gt; more.\n`,
  )
})

test('toText() returns the whole text', () => {
  expect(toText({ text: ' He was\n not  ill. ' })).toBe('He was not ill.\n')
})

const sentence =
  'Unless to be rather cold hearted and rather selfish is to be ill disposed, but he was in general well respected, for he conducted himself with propriety in the discharge of his ordinary duties.'
const words = sentence.split(' ')
/** Each kind of transcript that gateways return. */
const transcripts: Record<string, TimedText> = {
  'a short transcript': short,
  'a long sentence': timed(chunk(1, 14, ` ${sentence}`)),
  'a long sentence that was said fast': timed(chunk(0, 3, ` ${sentence}`), chunk(3, 4, ' Yes.')),
  words: timed(...words.map((word, index) => chunk(index * 0.4, index * 0.4 + 0.4, ` ${word}`))),
  'words without spaces': timed(...words.map((word, index) => chunk(index * 0.4, index * 0.4 + 0.4, word))),
  'words without a time of their own': timed(...words.map((word) => chunk(0, 0, ` ${word}`))),
  'words with pauses': timed(chunk(0, 0.5, ' One'), chunk(5, 5.5, ' two'), chunk(90_000, 90_001, ' three')),
  Japanese: timed(
    chunk(
      0,
      9,
      '彼は決して性質の悪い若者ではなかったが、冷淡で利己的であることを性質が悪いと言うのでなければの話である。しかし彼は概して尊敬されていた。',
    ),
  ),
  'Japanese words': timed(...Array.from('彼は悪い若者ではない。').map((word, index) => chunk(index, index + 1, word))),
  'an overlong word': timed(chunk(0, 9, ` ${'a'.repeat(200)}`)),
  'an overlong word of emoji': timed(chunk(0, 9, ` ${'😀'.repeat(50)}`)),
  'sentences that overlap': timed(
    chunk(0, 5, ' One two three.'),
    chunk(4, 8, ' Four five six.'),
    chunk(2, 3, ' Seven eight.'),
  ),
  'broken times': timed(
    { timestamp: [], text: ' One two.' },
    { timestamp: ['1', NaN], text: ' Three four.' },
    chunk(-1, 1, ' Five.'),
  ),
  'one time far ahead': timed(
    chunk(0, 2, ' One two three.'),
    chunk(2924, 2926, ' Four five.'),
    chunk(4, 6, ' Six seven.'),
    chunk(6, 8, ' Eight nine.'),
  ),
  'times that begin again': timed(
    chunk(0, 2, ' One.'),
    chunk(2, 4, ' Two.'),
    chunk(0, 2, ' Three.'),
    chunk(2, 4, ' Four.'),
  ),
  'times in reverse': timed(chunk(6, 8, ' One two.'), chunk(4, 6, ' Three four.'), chunk(2, 4, ' Five six.')),
  'an end far ahead': timed(chunk(0, 2924, ' One two.'), chunk(2, 4, ' Three.')),
  Thai: timed(chunk(0, 9, 'เขาไม่ใช่ชายหนุ่มที่มีนิสัยไม่ดีเลยแม้แต่น้อยแต่การเป็นคนเย็นชาและค่อนข้างเห็นแก่ตัวคือการมีนิสัยไม่ดี')),
  Hindi: timed(chunk(0, 9, ` ${'क्षत्रियाणां'.repeat(12)}`)),
  Arabic: timed(chunk(0, 6, ' لم يكن شابا سيئ الطباع إلا إذا كانت القسوة والأنانية من سوء الطباع.')),
  'a family of emoji': timed(chunk(0, 9, ` ${'👩‍👩‍👧‍👦'.repeat(50)}`)),
  'more than a day': timed(chunk(100_000, 100_001, ' Late.')),
  'empty chunks': timed(chunk(0, 1, ''), chunk(1, 2, '  ')),
  silence: { text: '', chunks: [] },
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
const graphemesOf = (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment)

test('one time far ahead moves no other caption', () => {
  expect(toSrt(transcripts['one time far ahead']!)).toContain('00:00:04,000 --> 00:00:06,000\nSix seven.')
})

/** Returns numbers between 0 and 1, the same in each run. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
const scripts = [
  'word',
  'слово',
  'λέξη',
  '言葉です',
  '단어',
  'คำพูด',
  'ຄໍາເວົ້າ',
  'ពាក្យ',
  'စကား',
  'كلمة',
  'शब्दः',
  '👩‍👩‍👧‍👦',
  'o\u0308l',
]

test('2000 generated transcripts give captions that can be read', () => {
  for (let seed = 0; seed < 2000; seed++) {
    const random = createRandom(seed)
    const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)]!
    const times = [
      () => random() * 20,
      () => random() * 1e5,
      () => null,
      () => NaN,
      () => -1,
      (at: number) => at,
      (at: number) => 20 - at,
    ]
    const clock = pick(times)
    const chunks = Array.from({ length: Math.floor(random() * 12) }, (_, at) => {
      const text = Array.from({ length: 1 + Math.floor(random() * 15) }, () => pick(scripts)).join(pick([' ', '']))
      const start = random() < 0.2 ? pick(times)(at) : clock(at)
      return { timestamp: [start, random() < 0.3 ? pick(times)(at) : (start ?? 0) + random() * 5], text: ` ${text}` }
    })
    const transcript = timed(...(chunks as TimedText['chunks']))
    const { cues: all, errors } = parseVtt(toVtt(transcript))
    expect(errors).toEqual([])
    const durations = all.map(({ startTime, endTime }) => endTime - startTime)
    expect(durations.filter((seconds) => seconds < 0.999 || seconds > 7.001)).toEqual([])
    expect(all.filter(({ startTime }, at) => startTime < (all[at - 1]?.endTime ?? 0) - 0.0005)).toEqual([])
    const srt = parseSrt(toSrt(transcript))
    expect(srt.map(({ startSeconds, endSeconds }) => ms(startSeconds, endSeconds))).toEqual(
      all.map(({ startTime, endTime }) => ms(startTime, endTime)),
    )
    expectWholeGraphemes(srt, transcript)
  }
})

/** Expects every grapheme of the transcript in the captions, none of them cut in two. */
function expectWholeGraphemes(srt: { text: string }[], { text }: TimedText): void {
  const cut = (given: string) =>
    graphemesOf(given)
      .filter((piece) => piece.trim())
      .join('|')
  const lines = srt.flatMap((cue) => cue.text.split('\n')).filter((line) => line.trim())
  expect(lines.map(cut).join('|')).toBe(cut(text))
}

test.each(Object.entries(transcripts))(
  'captions of %s are valid, in order, short enough, and say all',
  (_, transcript) => {
    const vtt = parseVtt(toVtt(transcript))
    const srt = parseSrt(toSrt(transcript))
    expect(vtt.errors).toEqual([])
    expect(srt.map(({ startSeconds, endSeconds }) => ms(startSeconds, endSeconds))).toEqual(
      vtt.cues.map(({ startTime, endTime }) => ms(startTime, endTime)),
    )
    for (const [index, { startTime, endTime }] of vtt.cues.entries()) {
      expect(endTime - startTime).toBeGreaterThanOrEqual(0.999)
      expect(endTime - startTime).toBeLessThanOrEqual(7.001)
      expect(startTime).toBeGreaterThanOrEqual(vtt.cues[index - 1]?.endTime ?? 0)
    }
    const lines = srt.map(({ text }) => text.split('\n'))
    expect(Math.max(0, ...lines.map(({ length }) => length))).toBeLessThanOrEqual(2)
    expect(Math.max(0, ...lines.flat().map((line) => graphemesOf(line).length))).toBeLessThanOrEqual(42)
    expectWholeGraphemes(srt, transcript)
    expect(letters(lines.flat().join(''))).toBe(letters(transcript.text))
  },
)

test('words give the same captions as their sentence', () => {
  expect(cues(transcripts['words'])).toEqual([
    'Unless to be rather cold hearted and\nrather selfish is to be ill disposed, but',
    'he was in general well respected, for he\nconducted himself with propriety in the',
    'discharge of his ordinary duties.',
  ])
  expect(cues(transcripts['words without spaces'])).toEqual(cues(transcripts['words']))
})

const spoken = (seconds: number, ...texts: string[]) =>
  timed(...texts.map((text, index) => chunk(index * seconds, (index + 1) * seconds, text)))

test.each<[what: string, transcript: TimedText, captions: string[]]>([
  ['at a long pause', timed(chunk(0, 1, ' one'), chunk(3, 4, ' two'), chunk(4.5, 5, ' three')), ['one', 'two three']],
  ['before it is shown for too long', spoken(2, ' a', ' b', ' c', ' d', ' e'), ['a b c', 'd e']],
  ['after a sentence', spoken(1, ' Yes.', ' No.'), ['Yes.', 'No.']],
  ['not after a word that looks like one', spoken(0.3, ' Mr.', ' Smith'), ['Mr. Smith']],
  ['between the sentences of the transcript', spoken(1, ' he said', ' she said'), ['he said', 'she said']],
  ['not within a word that comes in parts', spoken(0.3, ' twenty', '-year', ' old'), ['twenty-year old']],
  [
    'not after a sentence too short to be read',
    timed(chunk(0, 0.4, ' Oh no.'), chunk(0.4, 2, ' He left.')),
    ['Oh no. He left.'],
  ],
])('starts a new caption %s', (_, transcript, captions) => {
  expect(cues(transcript)).toEqual(captions)
})

test('lineLength makes lines shorter', () => {
  const lines = parseSrt(toSrt(short, { lineLength: 16 })).flatMap(({ text }) => text.split('\n'))
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(16)
})

test('throws for a transcript without chunks', () => {
  expect(() => toVtt({ text: 'Hello.', chunks: [] })).toThrow('request them with returnTimestamps')
})
