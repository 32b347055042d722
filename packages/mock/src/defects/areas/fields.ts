import { changeField, changeParts } from '../change-request.ts'
import {
  changeChunks,
  changeResponse,
  changeTranscript,
  errorResponse,
  isTranscript,
  refuse,
} from '../change-response.ts'
import type { Defect } from '../defect.ts'
import { audioOf, fieldOf, toTextPart, type Upload } from '../upload.ts'

const matchesField = (name: string, value: RegExp) => (upload: Upload) => value.test(fieldOf(upload, name) ?? '\0')
const lacksField = (name: string) => (upload: Upload) =>
  audioOf(upload) !== undefined && fieldOf(upload, name) === undefined

function parseMetadata(upload: Upload): unknown {
  try {
    return JSON.parse(fieldOf(upload, 'metadata') ?? '{}')
  } catch {
    return undefined
  }
}

const durationOf = (upload: Upload) => (parseMetadata(upload) as { duration?: unknown } | undefined | null)?.duration
const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)

export const fields: Defect[] = [
  {
    name: 'model-required',
    summary: 'A request without model_id is answered with 422.',
    checks: ['FV-01'],
    around: refuse(lacksField('model_id'), 422),
  },
  {
    name: 'model-missing-dropped',
    summary: 'A request without model_id closes the connection.',
    checks: ['FV-01', 'TR-03'],
    around: changeResponse(
      (seen) => isTranscript(seen) && lacksField('model_id')(seen.upload),
      () => Response.error(),
    ),
  },
  {
    name: 'model-empty-400',
    summary: 'An empty model_id (the default) is answered with 400.',
    checks: ['FV-02'],
    around: refuse(matchesField('model_id', /^$/), 400),
  },
  {
    name: 'model-ignored',
    summary: 'An unknown model is answered with 200 and the transcript of another.',
    checks: ['FV-03'],
    around: changeField('model_id', () => undefined),
  },
  {
    name: 'model-unknown-503',
    summary: 'An unknown model is answered with 503.',
    checks: ['FV-03', 'ER-04'],
    around: changeResponse(
      ({ response, upload }) => response.status === 400 && matchesField('model_id', /./)(upload),
      () => errorResponse(503, 'Service Unavailable Error', { 'retry-after': '1' }),
    ),
  },
  {
    name: 'model-long-500',
    summary: 'A model_id of more than 255 characters is answered with 500.',
    checks: ['FV-04'],
    around: refuse(matchesField('model_id', /.{256}/s), 500),
  },
  {
    name: 'true-422',
    summary: 'return_timestamps=true is answered with 422.',
    checks: ['FV-05'],
    around: refuse(matchesField('return_timestamps', /^true$/), 422),
  },
  {
    name: 'default-no-timestamps',
    summary: 'Without return_timestamps there are no chunks.',
    checks: ['FV-05'],
    around: changeChunks((all, { upload }) => (lacksField('return_timestamps')(upload) ? [] : all)),
  },
  {
    name: 'word-400',
    summary: 'return_timestamps=word is answered with 400.',
    checks: ['FV-06'],
    around: refuse(matchesField('return_timestamps', /^word$/), 400),
  },
  {
    name: 'word-no-chunks',
    summary: 'return_timestamps=word is answered without chunks.',
    checks: ['FV-06'],
    around: changeChunks((all, { upload }) => (matchesField('return_timestamps', /^word$/)(upload) ? [] : all)),
  },
  {
    name: 'false-with-chunks',
    summary: 'return_timestamps=false is answered with chunks.',
    checks: ['FV-07'],
    around: changeField('return_timestamps', (value) => (value === 'false' ? 'true' : value)),
  },
  {
    name: 'false-without-chunks',
    summary: 'return_timestamps=false is answered without the property chunks.',
    checks: ['FV-07', 'RS-01'],
    around: changeTranscript((body, { upload }) =>
      matchesField('return_timestamps', /^false$/)(upload) ? { text: body.text } : body,
    ),
  },
  {
    name: 'capital-timestamps-500',
    summary: 'return_timestamps in upper case is answered with 500.',
    checks: ['FV-08'],
    around: refuse(matchesField('return_timestamps', /[A-Z]/), 500),
  },
  {
    name: 'timestamps-unknown-200',
    summary: 'An undocumented return_timestamps is treated as true.',
    checks: ['FV-09'],
    around: changeField('return_timestamps', (value) => (/^(true|sentence|word|false)$/.test(value) ? value : 'true')),
  },
  {
    name: 'timestamps-unknown-500',
    summary: 'An undocumented return_timestamps is answered with 500.',
    checks: ['FV-09', 'ER-07'],
    around: refuse(matchesField('return_timestamps', /^(?!\0|(true|sentence|word|false)$)/), 500),
  },
  {
    name: 'metadata-default-400',
    summary: 'The metadata {} (the default) is answered with 400.',
    checks: ['FV-10'],
    around: refuse(matchesField('metadata', /^\{\}$/), 400),
  },
  {
    name: 'metadata-refused',
    summary: 'Metadata with content is answered with 422.',
    checks: ['FV-11'],
    around: refuse(matchesField('metadata', /^\{.+\}$/s), 422),
  },
  {
    name: 'metadata-not-ascii-500',
    summary: 'Metadata outside of ASCII is answered with 500.',
    checks: ['FV-11'],
    around: refuse(matchesField('metadata', /\P{ASCII}/u), 500),
  },
  {
    name: 'metadata-malformed-500',
    summary: 'Metadata that is not a JSON object is answered with 500.',
    checks: ['FV-12', 'ER-07'],
    around: refuse((upload) => !isObject(parseMetadata(upload)), 500),
  },
  {
    name: 'metadata-duration-500',
    summary: 'A duration in the metadata that is not a positive number is answered with 500.',
    checks: ['FV-13'],
    around: refuse((upload) => {
      const value = durationOf(upload)
      return value !== undefined && !(typeof value === 'number' && value > 0 && value < 1e6)
    }, 500),
  },
  {
    name: 'metadata-duration-trusted',
    summary: 'Speech after the duration in the metadata is not transcribed.',
    checks: ['FV-14'],
    around: changeTranscript((body, { upload }) => {
      const end = durationOf(upload)
      if (typeof end !== 'number') return body
      const kept = body.chunks.filter(({ timestamp: [start] }) => start < end)
      return { text: kept.map(({ text }) => text).join(' '), chunks: kept }
    }),
  },
  {
    name: 'metadata-echoed',
    summary: 'The transcript has the metadata as a property.',
    checks: ['RS-04'],
    around: changeTranscript((body, { upload }) => ({ ...body, metadata: parseMetadata(upload) })),
  },
  {
    name: 'field-charset-500',
    summary: 'A field with a charset is answered with 500.',
    checks: ['FV-15'],
    around: refuse(({ parts: all }) => all.some(({ head }) => /charset=/i.test(head)), 500),
  },
  {
    name: 'word-ignored',
    summary: 'return_timestamps=word is answered with sentences.',
    checks: ['FV-06', 'SE-06'],
    around: changeField('return_timestamps', (value) => (value === 'word' ? 'sentence' : value)),
  },
  {
    name: 'sentence-as-word',
    summary: 'return_timestamps=sentence is answered with words.',
    checks: ['FV-05', 'SE-06'],
    around: changeField('return_timestamps', (value) => (value === 'sentence' ? 'word' : value)),
  },
  {
    name: 'default-word',
    summary: 'Without return_timestamps the chunks are words.',
    checks: ['FV-05'],
    around: changeParts((upload) =>
      lacksField('return_timestamps')(upload) ? [...upload.parts, toTextPart('return_timestamps', 'word')] : undefined,
    ),
  },
]
