import { changeParts } from '../../change-request.ts'
import { accept, changeResponse, refuse } from '../../change-response.ts'
import type { Defect } from '../../defect.ts'
import { audioOf, type Upload } from '../../upload.ts'

const isForm = ({ boundary }: Upload) => boundary !== ''

export const requiredParts: Defect[] = [
  {
    name: 'audio-missing-200',
    summary: 'A form without a recording is answered with 200 and an empty transcript.',
    checks: ['MP-02'],
    around: accept((upload) => upload.parts.length > 0 && !audioOf(upload)),
  },
  {
    name: 'audio-missing-500',
    summary: 'A form without a recording is answered with 500.',
    checks: ['MP-02', 'ER-07'],
    around: refuse((upload) => upload.parts.length > 0 && !audioOf(upload), 500),
  },
  {
    name: 'no-parts-dropped',
    summary: 'A form without parts closes the connection.',
    checks: ['MP-03', 'TR-03'],
    around: changeResponse(
      ({ upload }) => isForm(upload) && upload.text !== '' && !upload.parts.length,
      () => Response.error(),
    ),
  },
  {
    name: 'empty-body-500',
    summary: 'A request without a body is answered with 500.',
    checks: ['MP-04', 'ER-07'],
    around: refuse(({ text }, { request }) => text === '' && !Number(request.headers.get('content-length')), 500),
  },
  {
    name: 'audio-renamed',
    summary: 'The recording is expected in a part named file.',
    checks: ['MP-01', 'MP-02'],
    around: changeParts(({ parts: all }) =>
      all.flatMap((part) => {
        if (part.name === 'audio') return []
        return [part.name === 'file' ? { ...part, head: part.head.replace('"file"', '"audio"') } : part]
      }),
    ),
  },
]
