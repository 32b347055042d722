import { after, chunks, fieldValue, isTranscript, parts, refuse, refusal, transcript } from '../changes.ts'
import type { Defect } from '../defect.ts'
import { audio, field, textPart, type Upload } from '../upload.ts'

const asks = (name: string, value: RegExp) => (upload: Upload) => value.test(field(upload, name) ?? '\0')
const lacks = (name: string) => (upload: Upload) => audio(upload) !== undefined && field(upload, name) === undefined

function metadata(upload: Upload): unknown {
  try {
    return JSON.parse(field(upload, 'metadata') ?? '{}')
  } catch {
    return undefined
  }
}

const duration = (upload: Upload) => (metadata(upload) as { duration?: unknown } | undefined | null)?.duration
const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)

export const fields: Defect[] = [
  {
    name: 'model-required',
    summary: 'A request without model_id is answered 422.',
    checks: ['FV-01'],
    around: refuse(lacks('model_id'), 422),
  },
  {
    name: 'model-missing-dropped',
    summary: 'At a request without model_id the connection is closed.',
    checks: ['FV-01', 'TR-03'],
    around: after(
      (seen) => isTranscript(seen) && lacks('model_id')(seen.upload),
      () => Response.error(),
    ),
  },
  {
    name: 'model-empty-400',
    summary: 'An empty model_id, which is the default, is answered 400.',
    checks: ['FV-02'],
    around: refuse(asks('model_id', /^$/), 400),
  },
  {
    name: 'model-ignored',
    summary: 'A model that is not there is answered 200, as if another had been asked for.',
    checks: ['FV-03'],
    around: fieldValue('model_id', () => undefined),
  },
  {
    name: 'model-unknown-503',
    summary: 'A model that is not there is answered 503.',
    checks: ['FV-03', 'ER-04'],
    around: after(
      ({ response, upload }) => response.status === 400 && asks('model_id', /./)(upload),
      () => refusal(503, 'Service Unavailable Error', { 'retry-after': '1' }),
    ),
  },
  {
    name: 'model-long-500',
    summary: 'A model_id of more than 255 characters is answered 500.',
    checks: ['FV-04'],
    around: refuse(asks('model_id', /.{256}/s), 500),
  },
  {
    name: 'true-422',
    summary: 'return_timestamps=true is answered 422.',
    checks: ['FV-05'],
    around: refuse(asks('return_timestamps', /^true$/), 422),
  },
  {
    name: 'default-no-timestamps',
    summary: 'Without return_timestamps there are no chunks.',
    checks: ['FV-05'],
    around: chunks((all, { upload }) => (lacks('return_timestamps')(upload) ? [] : all)),
  },
  {
    name: 'word-400',
    summary: 'return_timestamps=word is answered 400.',
    checks: ['FV-06'],
    around: refuse(asks('return_timestamps', /^word$/), 400),
  },
  {
    name: 'word-no-chunks',
    summary: 'return_timestamps=word is answered without chunks.',
    checks: ['FV-06'],
    around: chunks((all, { upload }) => (asks('return_timestamps', /^word$/)(upload) ? [] : all)),
  },
  {
    name: 'false-with-chunks',
    summary: 'return_timestamps=false is answered with chunks.',
    checks: ['FV-07'],
    around: fieldValue('return_timestamps', (value) => (value === 'false' ? 'true' : value)),
  },
  {
    name: 'false-without-chunks',
    summary: 'return_timestamps=false is answered without the property chunks.',
    checks: ['FV-07', 'RS-01'],
    around: transcript((body, { upload }) =>
      asks('return_timestamps', /^false$/)(upload) ? { text: body.text } : body,
    ),
  },
  {
    name: 'capital-timestamps-500',
    summary: 'return_timestamps in capital letters is answered 500.',
    checks: ['FV-08'],
    around: refuse(asks('return_timestamps', /[A-Z]/), 500),
  },
  {
    name: 'timestamps-unknown-200',
    summary: 'A return_timestamps that is not documented is answered as if it were true.',
    checks: ['FV-09'],
    around: fieldValue('return_timestamps', (value) => (/^(true|sentence|word|false)$/.test(value) ? value : 'true')),
  },
  {
    name: 'timestamps-unknown-500',
    summary: 'A return_timestamps that is not documented is answered 500.',
    checks: ['FV-09', 'ER-07'],
    around: refuse(asks('return_timestamps', /^(?!\0|(true|sentence|word|false)$)/), 500),
  },
  {
    name: 'metadata-default-400',
    summary: 'The metadata {}, which is the default, is answered 400.',
    checks: ['FV-10'],
    around: refuse(asks('metadata', /^\{\}$/), 400),
  },
  {
    name: 'metadata-refused',
    summary: 'Metadata with content is answered 422.',
    checks: ['FV-11'],
    around: refuse(asks('metadata', /^\{.+\}$/s), 422),
  },
  {
    name: 'metadata-not-ascii-500',
    summary: 'Metadata beyond ASCII is answered 500.',
    checks: ['FV-11'],
    around: refuse(asks('metadata', /\P{ASCII}/u), 500),
  },
  {
    name: 'metadata-malformed-500',
    summary: 'Metadata that is no JSON object is answered 500.',
    checks: ['FV-12', 'ER-07'],
    around: refuse((upload) => !isObject(metadata(upload)), 500),
  },
  {
    name: 'metadata-duration-500',
    summary: 'A duration in the metadata that is no positive number is answered 500.',
    checks: ['FV-13'],
    around: refuse((upload) => {
      const value = duration(upload)
      return value !== undefined && !(typeof value === 'number' && value > 0 && value < 1e6)
    }, 500),
  },
  {
    name: 'metadata-duration-trusted',
    summary: 'What is spoken after the duration in the metadata is not transcribed.',
    checks: ['FV-14'],
    around: transcript((body, { upload }) => {
      const end = duration(upload)
      if (typeof end !== 'number') return body
      const kept = body.chunks.filter(({ timestamp: [start] }) => start < end)
      return { text: kept.map(({ text }) => text).join(' '), chunks: kept }
    }),
  },
  {
    name: 'metadata-echoed',
    summary: 'The metadata is a property of the answer.',
    checks: ['RS-04'],
    around: transcript((body, { upload }) => ({ ...body, metadata: metadata(upload) })),
  },
  {
    name: 'field-charset-500',
    summary: 'A field with a charset of its own is answered 500.',
    checks: ['FV-15'],
    around: refuse(({ parts: all }) => all.some(({ head }) => /charset=/i.test(head)), 500),
  },
  {
    name: 'word-ignored',
    summary: 'return_timestamps=word is answered with sentences.',
    checks: ['SE-06'],
    around: fieldValue('return_timestamps', (value) => (value === 'word' ? 'sentence' : value)),
  },
  {
    name: 'sentence-as-word',
    summary: 'return_timestamps=sentence is answered with words.',
    checks: ['FV-05', 'SE-06'],
    around: fieldValue('return_timestamps', (value) => (value === 'sentence' ? 'word' : value)),
  },
  {
    name: 'default-word',
    summary: 'Without return_timestamps the chunks are words.',
    checks: ['FV-05'],
    around: parts((upload) =>
      lacks('return_timestamps')(upload) ? [...upload.parts, textPart('return_timestamps', 'word')] : undefined,
    ),
  },
]
