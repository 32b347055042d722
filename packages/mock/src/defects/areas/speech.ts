import { changeChunks, changeEachChunk, changeTranscript, type Seen, type Transcript } from '../change-response.ts'
import type { ChangeServer, Defect } from '../defect.ts'
import { audioOf, fieldOf } from '../upload.ts'

type ChangeTime = (start: number, end: number, index: number) => [number, number]

function changeTimes(change: ChangeTime): ChangeServer {
  return changeEachChunk((chunk, index) => ({ ...chunk, timestamp: change(...chunk.timestamp, index) }))
}

const timestampsOf = ({ upload }: Seen) => fieldOf(upload, 'return_timestamps') ?? 'true'
const splitWords = (text: string) => text.split(' ')

export const speech: Defect[] = [
  {
    name: 'other-speech',
    summary: 'The transcript is that of another recording.',
    checks: ['SE-01', 'SE-15'],
    around: changeTranscript(({ chunks: all }) => {
      const text = 'Thanks for watching, and subscribe to the channel.'
      return { text, chunks: all.slice(0, 1).map((chunk) => ({ ...chunk, text })) }
    }),
  },
  {
    name: 'half-heard',
    summary: 'The second half of the words is missing, from the text and the chunks.',
    checks: ['SE-16', 'SE-01'],
    around: changeTranscript((body) => takeWords(body, Math.floor(splitWords(body.text).length / 2))),
  },
  {
    name: 'heard-twice',
    summary: 'The words are repeated, in the text and the chunks.',
    checks: ['SE-16'],
    around: changeTranscript(({ text, chunks: all }) => ({
      text: text && `${text} ${text}`,
      chunks: all.map((chunk, index) => (index ? chunk : { ...chunk, text: `${text} ${chunk.text}` })),
    })),
  },
  {
    name: 'times-restart',
    summary: 'The times of each chunk start at zero.',
    checks: ['SE-02', 'SE-10'],
    around: changeTimes((start, end) => [0, round(end - start)]),
  },
  {
    name: 'times-backwards',
    summary: 'Chunks are in reverse order.',
    checks: ['SE-02'],
    around: changeChunks((all) => all.toReversed()),
  },
  {
    name: 'times-jumbled',
    summary: "Neighboring chunks have each other's times.",
    checks: ['SE-02'],
    around: changeChunks((all) =>
      all.map((chunk, index) => ({ ...chunk, timestamp: (all[index % 2 ? index - 1 : index + 1] ?? chunk).timestamp })),
    ),
  },
  {
    name: 'end-before-start',
    summary: 'A chunk ends before it starts.',
    checks: ['SE-03'],
    around: changeTimes((start, end) => [end, start]),
  },
  {
    name: 'times-beyond-clip',
    summary: 'Chunks are a minute later than the recording.',
    checks: ['SE-03'],
    around: changeTimes((start, end) => [start + 60, end + 60]),
  },
  {
    name: 'times-negative',
    summary: 'The first chunk starts before the recording.',
    checks: ['SE-03'],
    around: changeTimes((start, end, index) => [index ? start : -5, end]),
  },
  {
    name: 'times-in-milliseconds',
    summary: 'Times are milliseconds.',
    checks: ['SE-03'],
    around: changeTimes((start, end) => [start * 1000, end * 1000]),
  },
  {
    name: 'times-zero',
    summary: 'All times are zero.',
    checks: ['SE-03', 'SE-11', 'SE-10'],
    around: changeTimes(() => [0, 0]),
  },
  {
    name: 'times-halved',
    summary: 'All times are half of what they should be.',
    checks: ['SE-10', 'SE-11'],
    around: changeTimes((start, end) => [start / 2, end / 2]),
  },
  {
    name: 'times-stretched',
    summary: 'All times are longer by a fifth, as with a wrong sample rate.',
    checks: ['SE-11'],
    around: changeTimes((start, end) => [1.2 * start, 1.2 * end]),
  },
  {
    name: 'chunks-without-length',
    summary: 'Each chunk ends when it starts.',
    checks: ['SE-03'],
    around: changeTimes((start) => [start, start]),
  },
  {
    name: 'chunks-overlap',
    summary: 'Each chunk ends at the end of the last one.',
    checks: ['SE-04'],
    around: changeChunks((all) =>
      all.map((chunk) => ({ ...chunk, timestamp: [chunk.timestamp[0], all.at(-1)?.timestamp[1]] })),
    ),
  },
  {
    name: 'last-chunk-lost',
    summary: 'The last chunk is missing, but the text is complete.',
    checks: ['SE-05'],
    around: changeChunks((all) => all.slice(0, -1)),
  },
  {
    name: 'text-doubled',
    summary: 'The text is repeated, but the chunks are not.',
    checks: ['SE-05'],
    around: changeTranscript((body) => ({ ...body, text: `${body.text} ${body.text}` })),
  },
  {
    name: 'text-truncated',
    summary: 'The text is cut in half, but the chunks are complete.',
    checks: ['SE-05'],
    around: changeTranscript((body) => ({ ...body, text: body.text.slice(0, body.text.length / 2) })),
  },
  {
    name: 'chunk-text-elsewhere',
    summary: 'The text of the chunks differs from the text of the transcript.',
    checks: ['SE-05'],
    around: changeEachChunk((chunk) => ({ ...chunk, text: '[speech]' })),
  },
  {
    name: 'words-in-pairs',
    summary: 'With return_timestamps=word, chunks have two words each.',
    checks: ['SE-07'],
    around: changeChunks((all, seen) => (timestampsOf(seen) === 'word' ? joinPairs(all) : all)),
  },
  {
    name: 'words-left-over',
    summary: 'With return_timestamps=word, the last chunk has all words after the first.',
    checks: ['FV-06', 'SE-07'],
    around: changeChunks((all, seen) => (timestampsOf(seen) === 'word' ? joinRest(all) : all)),
  },
  {
    name: 'words-in-letters',
    summary: 'With return_timestamps=word, chunks have one letter each.',
    checks: ['SE-07'],
    around: changeChunks((all, seen) =>
      timestampsOf(seen) === 'word'
        ? all.flatMap((chunk) => Array.from(chunk.text, (text) => ({ ...chunk, text })))
        : all,
    ),
  },
  {
    name: 'false-half-text',
    summary: 'With return_timestamps=false, the text is cut in half.',
    checks: ['SE-08'],
    around: changeTranscript((body, seen) =>
      timestampsOf(seen) === 'false' ? { ...body, text: body.text.slice(0, body.text.length / 2) } : body,
    ),
  },
  {
    name: 'flac-other-text',
    summary: 'The transcript of a FLAC file lacks every other word.',
    checks: ['SE-09'],
    around: changeTranscript((body, { upload }) =>
      audioOf(upload)?.content.toString('latin1', 0, 4) === 'fLaC' ? dropEveryOtherWord(body) : body,
    ),
  },
  {
    name: 'times-from-first-word',
    summary: 'Times start at the first word, not at the beginning of the recording.',
    checks: ['SE-10'],
    around: changeChunks((all) => {
      const [first = 0] = all.map(({ timestamp: [start] }) => start)
      return all.map((chunk) => ({ ...chunk, timestamp: chunk.timestamp.map((time) => round(time - first)) }))
    }),
  },
  {
    name: 'beginning-only',
    summary: 'Only the first ten words are transcribed.',
    checks: ['SE-11'],
    around: changeTranscript((body) => takeWords(body, 10)),
  },
  {
    name: 'last-word-lost',
    summary: 'The last word of every recording is missing.',
    checks: ['SE-16'],
    around: changeTranscript((body) => takeWords(body, splitWords(body.text).length - 1)),
  },
  {
    name: 'words-unspaced',
    summary: 'There are no spaces between words.',
    checks: ['SE-16'],
    around: changeEachText((text) => text.replaceAll(' ', '')),
  },
  {
    name: 'words-stuttered',
    summary: 'Each word is there twice.',
    checks: ['SE-16'],
    around: changeEachText((text) =>
      splitWords(text)
        .map((word) => `${word} ${word}`)
        .join(' '),
    ),
  },
  {
    name: 'words-garbled',
    summary: 'Letters are replaced by others.',
    checks: ['SE-16'],
    around: changeEachText((text) =>
      text.replaceAll(/[a-z]/g, (letter) => String.fromCodePoint(97 + ((letter.codePointAt(0) ?? 0) % 26))),
    ),
  },
  {
    name: 'model-tokens',
    summary: 'The text has tokens of the model, like <|en|>.',
    checks: ['SE-16'],
    around: changeEachText((text) => `<|en|> ${text}`),
  },
  {
    name: 'silence-thanked',
    summary: 'The transcript of a recording without speech has text.',
    checks: ['SE-13', 'MD-13'],
    around: changeTranscript((body) => {
      if (body.text) return body
      const text = 'Thank you very much for watching this video today.'
      return { text, chunks: [{ timestamp: [0, 0.5], text }] }
    }),
  },
  {
    name: 'speech-unheard',
    summary: 'Every transcript is empty.',
    checks: ['SE-01', 'FV-05'],
    around: changeTranscript(() => ({ text: '', chunks: [] })),
  },
]

/** Returns the first words of a transcript. */
function takeWords({ text, chunks: all }: Transcript, count: number): Transcript {
  let left = count
  const kept = all.flatMap((chunk) => {
    const said = splitWords(chunk.text).slice(0, left).join(' ')
    left = Math.max(0, left - splitWords(chunk.text).length)
    return said ? [{ ...chunk, text: said }] : []
  })
  return { text: splitWords(text).slice(0, count).join(' '), chunks: kept }
}

/** Changes the text of transcripts and of their chunks. */
function changeEachText(change: (text: string) => string): ChangeServer {
  return changeTranscript(({ text, chunks: all }) => ({
    text: text && change(text),
    chunks: all.map((chunk) => ({ ...chunk, text: change(chunk.text) })),
  }))
}

function joinRest([first, ...rest]: Transcript['chunks']): Transcript['chunks'] {
  const [next] = rest
  if (!first || !next) return first ? [first] : []
  const end = rest.at(-1)?.timestamp[1] ?? next.timestamp[1]
  return [first, { timestamp: [next.timestamp[0], end], text: rest.map(({ text }) => text).join(' ') }]
}

function joinPairs(all: Transcript['chunks']): Transcript['chunks'] {
  return all.flatMap((chunk, index) => {
    if (index % 2) return []
    const next = all[index + 1]
    return [next ? { timestamp: [chunk.timestamp[0], next.timestamp[1]], text: `${chunk.text} ${next.text}` } : chunk]
  })
}

function dropEveryOtherWord({ text, chunks: all }: Transcript): Transcript {
  const everyOther = (said: string) =>
    splitWords(said)
      .filter((_, index) => index % 2 === 0)
      .join(' ')
  return { text: everyOther(text), chunks: all.map((chunk) => ({ ...chunk, text: everyOther(chunk.text) })) }
}

const round = (seconds: number) => Math.round(seconds * 100) / 100
