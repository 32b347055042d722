import { changeParts } from '../../change-request.ts'
import { refuse } from '../../change-response.ts'
import type { Defect } from '../../defect.ts'
import type { Part } from '../../upload.ts'

export const framing: Defect[] = [
  {
    name: 'chunked-411',
    summary: 'A body without a Content-Length is answered with 411.',
    checks: ['MP-25'],
    around: refuse((_, { request }) => request.headers.has('transfer-encoding'), 411),
  },
  {
    name: 'dashes-end-file',
    summary: 'A recording is cut at the first line that begins with two dashes.',
    checks: ['MP-28'],
    around: changeParts(({ parts: all }) => all.map((part) => ({ ...part, content: cutAtDashes(part) }))),
  },
  {
    name: 'audio-as-utf8',
    summary: 'A recording is read as UTF-8, which changes other bytes.',
    checks: ['MP-28', 'MP-01'],
    around: changeParts(({ parts: all }) =>
      all.map((part) => ({ ...part, content: Buffer.from(part.content.toString()) })),
    ),
  },
]

function cutAtDashes({ content }: Part): Buffer {
  const end = content.indexOf('\r\n--')
  return end < 0 ? content : content.subarray(0, end)
}
