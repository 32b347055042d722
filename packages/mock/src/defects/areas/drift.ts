import { description, type OpenAPI } from '@livepeer-ai/openapi'
import { after, eachChunk, isTranscript, transcript } from '../changes.ts'
import type { Defect } from '../defect.ts'
import { field } from '../upload.ts'

interface Form {
  required: string[]
  properties: Record<string, unknown>
}

/** Serves a description at /openapi.json: the contract, changed. */
const publishes = (change: (parts: { form: Form; document: OpenAPI; responses: Record<string, unknown> }) => void) =>
  after(
    ({ request }) => request.method === 'GET' && request.url.endsWith('/openapi.json'),
    () => {
      const document = structuredClone(description)
      const form = document.components!['schemas']!['Body_genAudioToText'] as Form
      const operation = (document.paths!['/audio-to-text'] as { post: { responses: Record<string, unknown> } }).post
      change({ form, document, responses: operation.responses })
      return Response.json(document)
    },
  )

export const drift: Defect[] = [
  {
    name: 'description-requires-model',
    summary: 'Its own /openapi.json requires model_id.',
    checks: ['DR-01'],
    around: publishes(({ form }) => form.required.push('model_id')),
  },
  {
    name: 'description-renames-audio',
    summary: 'The recording is called file in its own /openapi.json.',
    checks: ['DR-01', 'DR-03'],
    around: publishes(({ form }) => {
      form.properties['file'] = form.properties['audio']
      delete form.properties['audio']
      form.required = ['file']
    }),
  },
  {
    name: 'description-lacks-operation',
    summary: 'Its own /openapi.json has no audio-to-text.',
    checks: ['DR-01'],
    around: publishes(({ document }) => void delete document.paths!['/audio-to-text']),
  },
  {
    name: 'word-property-more',
    summary: 'Asked for words, a transcript has a property that is not documented.',
    checks: ['DR-02', 'RS-04'],
    around: transcript((body, { upload }) =>
      field(upload, 'return_timestamps') === 'word' ? { ...body, speakers: 1 } : body,
    ),
  },
  {
    name: 'chunk-text-renamed',
    summary: 'The text of a chunk is called word.',
    checks: ['DR-02', 'RS-02'],
    around: eachChunk(({ timestamp, text }) => ({ timestamp, word: text })),
  },
  {
    name: 'retired',
    summary: 'A transcription is answered 410, and the body says that the operation is gone.',
    checks: ['DR-01', 'ER-04'],
    around: after(isTranscript, () => Response.json({ detail: { msg: 'Gone.' } }, { status: 410 })),
  },
]
