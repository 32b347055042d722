import { chunks, eachChunk, transcript, type Seen, type Transcript } from '../changes.ts'
import type { Defect } from '../defect.ts'
import { audio, field } from '../upload.ts'

/** Times of a transcript, changed. */
const times = (change: (start: number, end: number, index: number) => [number, number]) =>
  eachChunk((chunk, index) => ({ ...chunk, timestamp: change(...chunk.timestamp, index) }))
const asked = ({ upload }: Seen) => field(upload, 'return_timestamps') ?? 'true'
const words = (text: string) => text.split(' ')

export const speech: Defect[] = [
  {
    name: 'other-speech',
    summary: 'The transcript is that of something else.',
    checks: ['SE-01'],
    around: transcript(({ chunks: all }) => {
      const text = 'Thanks for watching, and subscribe to the channel.'
      return { text, chunks: all.slice(0, 1).map((chunk) => ({ ...chunk, text })) }
    }),
  },
  {
    name: 'times-backwards',
    summary: 'Chunks come last first.',
    checks: ['SE-02'],
    around: chunks((all) => all.toReversed()),
  },
  {
    name: 'times-jumbled',
    summary: 'Every other word has the times of its neighbour.',
    checks: ['SE-02'],
    around: chunks((all) =>
      all.map((chunk, index) => ({ ...chunk, timestamp: (all[index % 2 ? index - 1 : index + 1] ?? chunk).timestamp })),
    ),
  },
  {
    name: 'end-before-start',
    summary: 'A chunk ends before it starts.',
    checks: ['SE-03'],
    around: times((start, end) => [end, start]),
  },
  {
    name: 'times-beyond-clip',
    summary: 'Chunks are a minute later than the recording.',
    checks: ['SE-03'],
    around: times((start, end) => [start + 60, end + 60]),
  },
  {
    name: 'times-negative',
    summary: 'The first chunk starts before the recording.',
    checks: ['SE-03'],
    around: times((start, end, index) => [index ? start : -5, end]),
  },
  {
    name: 'times-in-milliseconds',
    summary: 'Times are milliseconds.',
    checks: ['SE-03'],
    around: times((start, end) => [start * 1000, end * 1000]),
  },
  {
    name: 'times-zero',
    summary: 'All times are zero.',
    checks: ['SE-03', 'SE-11', 'SE-10'],
    around: times(() => [0, 0]),
  },
  {
    name: 'chunks-overlap',
    summary: 'Each chunk ends with the last one.',
    checks: ['SE-04'],
    around: chunks((all) =>
      all.map((chunk) => ({ ...chunk, timestamp: [chunk.timestamp[0], all.at(-1)!.timestamp[1]] })),
    ),
  },
  {
    name: 'last-chunk-lost',
    summary: 'The last chunk is missing, and the text is whole.',
    checks: ['SE-05'],
    around: chunks((all) => all.slice(0, -1)),
  },
  {
    name: 'text-doubled',
    summary: 'The text is there twice, and the chunks once.',
    checks: ['SE-05'],
    around: transcript((body) => ({ ...body, text: `${body.text} ${body.text}` })),
  },
  {
    name: 'text-truncated',
    summary: 'The text ends in the middle, and the chunks are whole.',
    checks: ['SE-05'],
    around: transcript((body) => ({ ...body, text: body.text.slice(0, body.text.length / 2) })),
  },
  {
    name: 'chunk-text-elsewhere',
    summary: 'The chunks have another text than the transcript.',
    checks: ['SE-05'],
    around: eachChunk((chunk) => ({ ...chunk, text: '[speech]' })),
  },
  {
    name: 'words-in-pairs',
    summary: 'Asked for words, chunks have two words each.',
    checks: ['SE-07'],
    around: chunks((all, seen) => (asked(seen) === 'word' ? pairs(all) : all)),
  },
  {
    name: 'words-in-letters',
    summary: 'Asked for words, chunks have one letter each.',
    checks: ['SE-07'],
    around: chunks((all, seen) =>
      asked(seen) === 'word' ? all.flatMap((chunk) => Array.from(chunk.text, (text) => ({ ...chunk, text }))) : all,
    ),
  },
  {
    name: 'false-half-text',
    summary: 'Without timestamps the text ends in the middle.',
    checks: ['SE-08'],
    around: transcript((body, seen) =>
      asked(seen) === 'false' ? { ...body, text: body.text.slice(0, body.text.length / 2) } : body,
    ),
  },
  {
    name: 'flac-other-text',
    summary: 'A FLAC file loses every other word.',
    checks: ['SE-09'],
    around: transcript((body, { upload }) =>
      audio(upload)?.content.toString('latin1', 0, 4) === 'fLaC' ? sparse(body) : body,
    ),
  },
  {
    name: 'times-from-first-word',
    summary: 'Times are counted from the first word, not from the beginning of the recording.',
    checks: ['SE-10'],
    around: chunks((all) => {
      const [first] = all.map(({ timestamp: [start] }) => start)
      return all.map((chunk) => ({ ...chunk, timestamp: chunk.timestamp.map((time) => round(time - first!)) }))
    }),
  },
  {
    name: 'beginning-only',
    summary: 'No more than ten words are transcribed.',
    checks: ['SE-11'],
    around: transcript((body) => {
      const text = words(body.text).slice(0, 10).join(' ')
      let left = 10
      const kept = body.chunks.flatMap((chunk) => {
        const said = words(chunk.text).slice(0, left).join(' ')
        left = Math.max(0, left - words(chunk.text).length)
        return said ? [{ ...chunk, text: said }] : []
      })
      return { text, chunks: kept }
    }),
  },
  {
    name: 'silence-thanked',
    summary: 'A recording without speech is answered with speech.',
    checks: ['SE-13', 'MD-13'],
    around: transcript((body) => {
      if (body.text) return body
      const text = 'Thank you very much for watching this video today.'
      return { text, chunks: [{ timestamp: [0, 0.5], text }] }
    }),
  },
  {
    name: 'speech-unheard',
    summary: 'Every recording is answered as if nothing had been said.',
    checks: ['SE-01', 'FV-05'],
    around: transcript(() => ({ text: '', chunks: [] })),
  },
]

function pairs(all: Transcript['chunks']): Transcript['chunks'] {
  return all.flatMap((chunk, index) => {
    if (index % 2) return []
    const next = all[index + 1]
    return [next ? { timestamp: [chunk.timestamp[0], next.timestamp[1]], text: `${chunk.text} ${next.text}` } : chunk]
  })
}

function sparse({ text, chunks: all }: Transcript): Transcript {
  const everyOther = (said: string) =>
    words(said)
      .filter((_, index) => index % 2 === 0)
      .join(' ')
  return { text: everyOther(text), chunks: all.map((chunk) => ({ ...chunk, text: everyOther(chunk.text) })) }
}

const round = (seconds: number) => Math.round(seconds * 100) / 100
