import {
  changeChunks,
  changeEachChunk,
  changeHeaders,
  changeResponse,
  changeText,
  changeTranscript,
  isTranscript,
} from '../change-response.ts'
import type { Defect } from '../defect.ts'

const changeTranscriptText = (change: (body: string) => string | Uint8Array<ArrayBuffer>) =>
  changeText(isTranscript, change)

export const response: Defect[] = [
  {
    name: 'text-missing',
    summary: 'A transcript has no text.',
    checks: ['RS-01'],
    around: changeTranscript(({ chunks: all }) => ({ chunks: all })),
  },
  {
    name: 'text-null',
    summary: 'The text of a transcript is null.',
    checks: ['RS-01'],
    around: changeTranscript((body) => ({ ...body, text: null })),
  },
  {
    name: 'text-number',
    summary: 'The text of a transcript is a number.',
    checks: ['RS-01'],
    around: changeTranscript((body) => ({ ...body, text: body.text.length })),
  },
  {
    name: 'chunks-missing',
    summary: 'A transcript has no chunks.',
    checks: ['RS-01', 'RS-02'],
    around: changeTranscript((body) => ({ text: body.text })),
  },
  {
    name: 'transcript-wrapped',
    summary: 'A transcript is wrapped in an object with the key data.',
    checks: ['RS-01'],
    around: changeTranscript((data) => ({ data })),
  },
  {
    name: 'transcript-listed',
    summary: 'A transcript is the only item of a list.',
    checks: ['RS-01'],
    around: changeTranscript((body) => [body]),
  },
  {
    name: 'transcript-in-string',
    summary: 'A transcript is JSON in a JSON string.',
    checks: ['RS-01'],
    around: changeTranscript((body) => JSON.stringify(body)),
  },
  {
    name: 'chunks-null',
    summary: 'The chunks of a transcript are null.',
    checks: ['RS-02'],
    around: changeChunks(() => null),
  },
  {
    name: 'chunks-object',
    summary: 'The chunks of a transcript are an object.',
    checks: ['RS-02'],
    around: changeChunks((all) => Object.fromEntries(all.entries())),
  },
  {
    name: 'chunk-text-missing',
    summary: 'A chunk has no text.',
    checks: ['RS-02'],
    around: changeEachChunk(({ timestamp }) => ({ timestamp })),
  },
  {
    name: 'chunk-text-null',
    summary: 'The text of the last chunk is null.',
    checks: ['RS-02'],
    around: changeChunks((all) =>
      all.map((chunk, index) => (index === all.length - 1 ? { ...chunk, text: null } : chunk)),
    ),
  },
  {
    name: 'timestamp-missing',
    summary: 'A chunk has no timestamp.',
    checks: ['RS-02'],
    around: changeEachChunk(({ text: said }) => ({ text: said })),
  },
  {
    name: 'timestamp-object',
    summary: 'A timestamp is an object with start and end.',
    checks: ['RS-02', 'RS-03'],
    around: changeEachChunk(({ timestamp: [start, end], ...chunk }) => ({ timestamp: { start, end }, ...chunk })),
  },
  {
    name: 'timestamp-of-one',
    summary: 'A timestamp has a start alone.',
    checks: ['RS-02'],
    around: changeEachChunk(({ timestamp: [start], ...chunk }) => ({ timestamp: [start], ...chunk })),
  },
  {
    name: 'ends-null',
    summary: 'The end of every chunk is null.',
    checks: ['RS-02', 'RS-03'],
    around: changeEachChunk(({ timestamp: [start], ...chunk }) => ({ timestamp: [start, null], ...chunk })),
  },
  {
    name: 'timestamp-of-three',
    summary: 'A timestamp has three numbers.',
    checks: ['RS-03'],
    around: changeEachChunk(({ timestamp: [start, end], ...chunk }) => ({ timestamp: [start, end, end], ...chunk })),
  },
  {
    name: 'timestamp-null',
    summary: 'The times of every chunk are null.',
    checks: ['RS-03'],
    around: changeEachChunk((chunk) => ({ ...chunk, timestamp: [null, null] })),
  },
  {
    name: 'timestamp-of-strings',
    summary: 'Times are strings.',
    checks: ['RS-07', 'RS-03'],
    around: changeEachChunk((chunk) => ({ ...chunk, timestamp: chunk.timestamp.map(String) })),
  },
  {
    name: 'property-more',
    summary: 'A transcript has an undocumented property.',
    checks: ['RS-04', 'DR-02'],
    around: changeTranscript((body) => ({ ...body, language: 'en' })),
  },
  {
    name: 'chunk-property-more',
    summary: 'A chunk has an undocumented property.',
    checks: ['RS-04', 'DR-02'],
    around: changeEachChunk((chunk) => ({ ...chunk, confidence: 0.9 })),
  },
  {
    name: 'byte-order-mark',
    summary: 'A transcript begins with a byte order mark.',
    checks: ['RS-05'],
    around: changeTranscriptText((body) => Buffer.from(`\uFEFF${body}`)),
  },
  {
    name: 'not-a-number',
    summary: 'The first time of a transcript is NaN.',
    checks: ['RS-05'],
    around: changeTranscriptText((body) => body.replace(/"timestamp":\[[^,\]]+/, '"timestamp":[NaN')),
  },
  {
    name: 'duplicate-key',
    summary: 'A transcript has the key text twice, with different values.',
    checks: ['RS-05'],
    around: changeTranscriptText((body) => body.replace('{', '{"text":"Something else.",')),
  },
  {
    name: 'latin-1',
    summary: 'A transcript is in Latin-1 and not valid UTF-8.',
    checks: ['RS-05'],
    around: changeTranscriptText((body) => Buffer.from(body.replace('"text":"', '"text":"Voil\xE0, '), 'latin1')),
  },
  {
    name: 'utf-16',
    summary: 'A transcript is in UTF-16.',
    checks: ['RS-05'],
    around: changeTranscriptText((body) => Buffer.from(body, 'utf16le')),
  },
  {
    name: 'charset-wrong',
    summary: 'A transcript in UTF-8 has charset=utf-16 in its Content-Type.',
    checks: ['ER-05', 'RS-05'],
    around: changeHeaders(isTranscript, { 'content-type': 'application/json; charset=utf-16' }),
  },
  {
    name: 'trailing-page',
    summary: 'A transcript is followed by HTML.',
    checks: ['RS-05'],
    around: changeTranscriptText((body) => `${body}\n</body></html>\n`),
  },
  {
    name: 'json-truncated',
    summary: 'A transcript is cut in half but sent as a complete response.',
    checks: ['RS-05'],
    around: changeTranscriptText((body) => body.slice(0, body.length / 2)),
  },
  {
    name: 'comments',
    summary: 'A transcript contains a comment.',
    checks: ['RS-05'],
    around: changeTranscriptText((body) => `/* transcript */ ${body}`),
  },
  {
    name: 'empty-200',
    summary: 'A 200 has no body.',
    checks: ['RS-06'],
    around: changeTranscriptText(() => ''),
  },
  {
    name: 'null-200',
    summary: 'A 200 has the body null.',
    checks: ['RS-01', 'RS-06'],
    around: changeTranscriptText(() => 'null'),
  },
  {
    name: 'failure-as-200',
    summary: 'A 200 has the body of an error.',
    checks: ['RS-01'],
    around: changeResponse(isTranscript, () => Response.json({ detail: { msg: 'Out of memory.' } })),
  },
]
