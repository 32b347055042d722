import { changeResponse, errorResponse, refuse } from '../../change-response.ts'
import type { Defect } from '../../defect.ts'
import { audioOf, type Upload } from '../../upload.ts'

const headOf = (upload: Upload) => audioOf(upload)?.head ?? ''

export const partHeaders: Defect[] = [
  {
    name: 'file-name-not-ascii-500',
    summary: 'A file name outside of ASCII is answered with 500.',
    checks: ['MP-20'],
    around: refuse((upload) => /\P{ASCII}/u.test(audioOf(upload)?.filename ?? ''), 500),
  },
  {
    name: 'file-name-quote-500',
    summary: 'A file name with an escaped quote is answered with 500.',
    checks: ['MP-20'],
    around: refuse((upload) => /filename="[^"\r\n]*(%22|\\")/.test(headOf(upload)), 500),
  },
  {
    name: 'capital-extension-415',
    summary: 'A file whose name has an extension in capitals is answered with 415.',
    checks: ['MP-20'],
    around: refuse((upload) => /filename="[^\r\n]*\.[A-Z0-9]+"/.test(headOf(upload)), 415),
  },
  {
    name: 'file-name-extended-500',
    summary: 'A file name in the form filename*= is answered with 500.',
    checks: ['MP-21'],
    around: refuse((upload) => /filename\*=/.test(headOf(upload)), 500),
  },
  {
    name: 'file-path-echoed',
    summary: 'A file name that is a path is answered with 400 and the path on the server.',
    checks: ['MP-22'],
    around: changeResponse(
      ({ upload, response }) => response.status !== 401 && /[/\\]/.test(audioOf(upload)?.filename ?? ''),
      ({ upload }) => errorResponse(400, `Cannot open /var/uploads/${audioOf(upload)?.filename}.`),
    ),
  },
  {
    name: 'untyped-part-415',
    summary: 'A recording without a Content-Type is answered with 415.',
    checks: ['MP-23'],
    around: refuse((upload) => headOf(upload) !== '' && !/content-type/i.test(headOf(upload)), 415),
  },
  {
    name: 'octet-stream-415',
    summary: 'A recording of the type application/octet-stream is answered with 415.',
    checks: ['MP-23'],
    around: refuse((upload) => /octet-stream/.test(headOf(upload)), 415),
  },
  {
    name: 'part-header-400',
    summary: 'A part with extra headers is answered with 400.',
    checks: ['MP-24'],
    around: refuse((upload) => upload.parts.some(({ head }) => head.split('\r\n').length > 2), 400),
  },
]
