import { description, type OpenAPI } from '@livepeer-ai/openapi'
import { changeEachChunk, changeResponse, changeTranscript, isTranscript } from '../change-response.ts'
import type { Defect } from '../defect.ts'
import { fieldOf } from '../upload.ts'

interface Form {
  required: string[]
  properties: Record<string, unknown>
}

/** Serves the contract with a change at /openapi.json. */
const publish = (change: (parts: { form: Form; document: OpenAPI }) => void) =>
  changeResponse(
    ({ request }) => request.method === 'GET' && request.url.endsWith('/openapi.json'),
    () => {
      const document = structuredClone(description)
      const form = document.components?.['schemas']?.['Body_genAudioToText'] as Form
      change({ form, document })
      return Response.json(document)
    },
  )

export const drift: Defect[] = [
  {
    name: 'description-requires-model',
    summary: 'The published /openapi.json requires model_id.',
    checks: ['DR-01'],
    around: publish(({ form }) => form.required.push('model_id')),
  },
  {
    name: 'description-renames-audio',
    summary: 'The published /openapi.json names the recording file.',
    checks: ['DR-01', 'DR-03'],
    around: publish(({ form }) => {
      form.properties['file'] = form.properties['audio']
      delete form.properties['audio']
      form.required = ['file']
    }),
  },
  {
    name: 'description-lacks-operation',
    summary: 'The published /openapi.json has no audio-to-text.',
    checks: ['DR-01'],
    around: publish(({ document }) => void delete document.paths?.['/audio-to-text']),
  },
  {
    name: 'word-property-more',
    summary: 'With return_timestamps=word, a transcript has an undocumented property.',
    checks: ['DR-02', 'RS-04'],
    around: changeTranscript((body, { upload }) =>
      fieldOf(upload, 'return_timestamps') === 'word' ? { ...body, speakers: 1 } : body,
    ),
  },
  {
    name: 'chunk-text-renamed',
    summary: 'The text of a chunk has the key word.',
    checks: ['DR-02', 'RS-02'],
    around: changeEachChunk(({ timestamp, text }) => ({ timestamp, word: text })),
  },
  {
    name: 'retired',
    summary: 'A transcription is answered with 410.',
    checks: ['DR-01', 'ER-04'],
    around: changeResponse(isTranscript, () => Response.json({ detail: { msg: 'Gone.' } }, { status: 410 })),
  },
]
