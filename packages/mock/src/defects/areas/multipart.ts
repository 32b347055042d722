import { accept, after, has, parts, refusal, refuse, status } from '../changes.ts'
import type { Defect } from '../defect.ts'
import { audio, type Part, type Upload } from '../upload.ts'

const isForm = ({ boundary }: Upload) => boundary !== ''
const names = ({ parts: all }: Upload) => all.map(({ name }) => name)
const isRepeated = (upload: Upload, name: string) => names(upload).filter((other) => other === name).length > 1
const known = ['audio', 'model_id', 'return_timestamps', 'metadata']
const headOf = (upload: Upload) => audio(upload)?.head ?? ''

export const multipart: Defect[] = [
  {
    name: 'audio-missing-200',
    summary: 'A form without a recording is answered 200 with an empty transcript.',
    checks: ['MP-02'],
    around: accept((upload) => upload.parts.length > 0 && !audio(upload)),
  },
  {
    name: 'audio-missing-500',
    summary: 'A form without a recording is answered 500.',
    checks: ['MP-02', 'ER-07'],
    around: refuse((upload) => upload.parts.length > 0 && !audio(upload), 500),
  },
  {
    name: 'no-parts-dropped',
    summary: 'At a form without parts the connection is closed.',
    checks: ['MP-03', 'TR-03'],
    around: after(
      ({ upload }) => isForm(upload) && upload.text !== '' && !upload.parts.length,
      () => Response.error(),
    ),
  },
  {
    name: 'empty-body-500',
    summary: 'A request without a body is answered 500.',
    checks: ['MP-04', 'ER-07'],
    around: refuse(({ text }, { request }) => text === '' && !Number(request.headers.get('content-length')), 500),
  },
  {
    name: 'boundary-missing-500',
    summary: 'A form without a boundary is answered 500.',
    checks: ['MP-05'],
    around: refuse(
      (upload, { request }) => !isForm(upload) && (request.headers.get('content-type') ?? '').startsWith('multipart'),
      500,
    ),
  },
  {
    name: 'quoted-boundary-refused',
    summary: 'A boundary in quotes is answered 400.',
    checks: ['MP-06'],
    around: refuse((_, { request }) => /boundary="/.test(request.headers.get('content-type') ?? ''), 400),
  },
  {
    name: 'long-boundary-refused',
    summary: 'A boundary of more than 60 characters is answered 400.',
    checks: ['MP-07'],
    around: refuse(({ boundary }) => boundary.length > 60, 400),
  },
  {
    name: 'longer-boundary-500',
    summary: 'A boundary of more than 70 characters is answered 500.',
    checks: ['MP-08'],
    around: refuse(({ boundary }) => boundary.length > 70, 500),
  },
  {
    name: 'unfinished-form-200',
    summary: 'A form that ends without its last boundary is answered 200.',
    checks: ['MP-09'],
    around: accept((upload) => upload.parts.length > 0 && upload.epilogue === undefined),
  },
  {
    name: 'other-boundary-200',
    summary: 'A form whose boundary is not the announced one is answered 200.',
    checks: ['MP-10'],
    around: accept((upload) => isForm(upload) && upload.text !== '' && upload.preamble === upload.text),
  },
  {
    name: 'preamble-refused',
    summary: 'A form with text before its parts is answered 400.',
    checks: ['MP-11'],
    around: refuse(({ preamble, parts: all }) => all.length > 0 && preamble.trim() !== '', 400),
  },
  {
    name: 'epilogue-refused',
    summary: 'A form with text after its parts is answered 400.',
    checks: ['MP-11'],
    around: refuse(({ epilogue = '' }) => epilogue.trim() !== '', 400),
  },
  {
    name: 'padding-500',
    summary: 'Blanks after a boundary are answered 500.',
    checks: ['MP-12'],
    around: refuse(({ boundary, text }) => isPadded(boundary, text), 500),
  },
  {
    name: 'bare-lf-500',
    summary: 'A form with bare line feeds is answered 500.',
    checks: ['MP-13'],
    around: refuse(({ boundary, text }) => boundary !== '' && text.startsWith(`--${boundary}\n`), 500),
  },
  {
    name: 'unknown-field-422',
    summary: 'A field that is not documented is answered 422.',
    checks: ['MP-14'],
    around: refuse((upload) => names(upload).some((name) => !known.includes(name)), 422),
  },
  {
    name: 'repeated-field-500',
    summary: 'A field that comes twice is answered 500.',
    checks: ['MP-15'],
    around: refuse((upload) => known.slice(1).some((name) => isRepeated(upload, name)), 500),
  },
  {
    name: 'repeated-audio-500',
    summary: 'Two recordings are answered 500.',
    checks: ['MP-16'],
    around: refuse((upload) => isRepeated(upload, 'audio'), 500),
  },
  {
    name: 'audio-as-text-500',
    summary: 'A recording in a text field is answered 500.',
    checks: ['MP-17'],
    around: refuse((upload) => headOf(upload) !== '' && !/filename/.test(headOf(upload)), 500),
  },
  {
    name: 'empty-audio-200',
    summary: 'A recording of no bytes is answered 200 with an empty transcript.',
    checks: ['MP-18'],
    around: accept((upload) => audio(upload)?.content.length === 0),
  },
  {
    name: 'empty-audio-500',
    summary: 'A recording of no bytes is answered 500.',
    checks: ['MP-18', 'ER-07'],
    around: refuse((upload) => audio(upload)?.content.length === 0, 500),
  },
  {
    name: 'late-fields-ignored',
    summary: 'Fields that come after the recording are ignored.',
    checks: ['MP-19'],
    around: parts(({ parts: all }) => all.slice(0, all.findIndex(({ name }) => name === 'audio') + 1)),
  },
  {
    name: 'file-name-not-ascii-500',
    summary: 'A file name beyond ASCII is answered 500.',
    checks: ['MP-20'],
    around: refuse((upload) => /\P{ASCII}/u.test(audio(upload)?.filename ?? ''), 500),
  },
  {
    name: 'file-name-quote-500',
    summary: 'A file name with an escaped quote is answered 500.',
    checks: ['MP-20'],
    around: refuse((upload) => /filename="[^"\r\n]*(%22|\\")/.test(headOf(upload)), 500),
  },
  {
    name: 'file-name-extended-500',
    summary: 'A file name in the form filename*= is answered 500.',
    checks: ['MP-21'],
    around: refuse((upload) => /filename\*=/.test(headOf(upload)), 500),
  },
  {
    name: 'file-path-echoed',
    summary: 'A file name that is a path is answered 400 with the path.',
    checks: ['MP-22'],
    around: after(
      ({ upload, response }) => response.status !== 401 && /[/\\]/.test(audio(upload)?.filename ?? ''),
      ({ upload }) => refusal(400, `Cannot open /var/uploads/${audio(upload)?.filename}.`),
    ),
  },
  {
    name: 'untyped-part-415',
    summary: 'A recording without a Content-Type is answered 415.',
    checks: ['MP-23'],
    around: refuse((upload) => headOf(upload) !== '' && !/content-type/i.test(headOf(upload)), 415),
  },
  {
    name: 'octet-stream-415',
    summary: 'A recording as application/octet-stream is answered 415.',
    checks: ['MP-23'],
    around: refuse((upload) => /octet-stream/.test(headOf(upload)), 415),
  },
  {
    name: 'part-header-400',
    summary: 'A part with headers beyond Content-Disposition and Content-Type is answered 400.',
    checks: ['MP-24'],
    around: refuse((upload) => upload.parts.some(({ head }) => head.split('\r\n').length > 2), 400),
  },
  {
    name: 'chunked-411',
    summary: 'A body without a Content-Length is answered 411.',
    checks: ['MP-25'],
    around: refuse((_, { request }) => request.headers.has('transfer-encoding'), 411),
  },
  {
    name: 'dashes-end-file',
    summary: 'A recording ends where a line of it begins with two dashes.',
    checks: ['MP-28'],
    around: parts(({ parts: all }) => all.map((part) => ({ ...part, content: beforeDashes(part) }))),
  },
  {
    name: 'audio-as-utf8',
    summary: 'A recording is read as UTF-8: bytes that are none are lost.',
    checks: ['MP-28', 'MP-01'],
    around: parts(({ parts: all }) => all.map((part) => ({ ...part, content: Buffer.from(part.content.toString()) }))),
  },
  {
    name: 'many-parts-500',
    summary: 'More than 50 parts are answered 500.',
    checks: ['MP-29'],
    around: refuse(({ parts: all }) => all.length > 50, 500),
  },
  {
    name: 'large-part-header-500',
    summary: 'A part header of more than 8 KB is answered 500.',
    checks: ['MP-29'],
    around: refuse(({ parts: all }) => all.some(({ head }) => head.length > 8192), 500),
  },
  {
    name: 'too-large-200',
    summary: 'A recording over the limit is answered 200 with an empty transcript.',
    checks: ['MP-30'],
    around: after(has(413), () => Response.json({ text: '', chunks: [] })),
  },
  {
    name: 'too-large-400',
    summary: 'A recording over the limit is answered 400.',
    checks: ['MP-30'],
    around: status(has(413), 400),
  },
  {
    name: 'too-large-500',
    summary: 'A recording over the limit is answered 500.',
    checks: ['MP-30', 'ER-07'],
    around: status(has(413), 500),
  },
  {
    name: 'too-large-reset',
    summary: 'At a recording over the limit the connection is reset.',
    checks: ['MP-30', 'TR-03'],
    around: after(has(413), () => Response.error()),
  },
  {
    name: 'limit-off-by-one',
    summary: 'A recording that is just as large as the limit is answered 413.',
    checks: ['MP-31'],
    around: refuse((upload, { site }) => (audio(upload)?.content.length ?? 0) >= site.maxBytes, 413),
  },
  {
    name: 'limit-halved',
    summary: 'A recording of more than half the limit is answered 413.',
    checks: ['MP-31'],
    around: refuse((upload, { site }) => (audio(upload)?.content.length ?? 0) > site.maxBytes / 2, 413),
  },
  {
    name: 'audio-renamed',
    summary: 'The recording is expected in a part of the name file.',
    checks: ['MP-01', 'MP-02'],
    around: parts(({ parts: all }) =>
      all.flatMap((part) => {
        if (part.name === 'audio') return []
        return [part.name === 'file' ? { ...part, head: part.head.replace('"file"', '"audio"') } : part]
      }),
    ),
  },
]

function isPadded(boundary: string, text: string): boolean {
  return (
    boundary !== '' &&
    text
      .split(`--${boundary}`)
      .slice(1)
      .some((segment) => /^(--)?[ \t]+\r\n/.test(segment))
  )
}

function beforeDashes({ content }: Part): Buffer {
  const end = content.indexOf('\r\n--')
  return end < 0 ? content : content.subarray(0, end)
}
