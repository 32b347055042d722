import { accept, refuse } from '../../change-response.ts'
import type { Defect } from '../../defect.ts'
import type { Upload } from '../../upload.ts'

const isForm = ({ boundary }: Upload) => boundary !== ''

export const boundaries: Defect[] = [
  {
    name: 'boundary-missing-500',
    summary: 'A form without a boundary is answered with 500.',
    checks: ['MP-05'],
    around: refuse(
      (upload, { request }) => !isForm(upload) && (request.headers.get('content-type') ?? '').startsWith('multipart'),
      500,
    ),
  },
  {
    name: 'quoted-boundary-refused',
    summary: 'A quoted boundary is answered with 400.',
    checks: ['MP-06'],
    around: refuse((_, { request }) => /boundary="/.test(request.headers.get('content-type') ?? ''), 400),
  },
  {
    name: 'long-boundary-refused',
    summary: 'A boundary of more than 60 characters is answered with 400.',
    checks: ['MP-07'],
    around: refuse(({ boundary }) => boundary.length > 60, 400),
  },
  {
    name: 'longer-boundary-500',
    summary: 'A boundary of more than 70 characters is answered with 500.',
    checks: ['MP-08'],
    around: refuse(({ boundary }) => boundary.length > 70, 500),
  },
  {
    name: 'unfinished-form-200',
    summary: 'A form that ends without its last boundary is answered with 200.',
    checks: ['MP-09'],
    around: accept((upload) => upload.parts.length > 0 && upload.epilogue === undefined),
  },
  {
    name: 'other-boundary-200',
    summary: 'A form with another boundary than announced is answered with 200.',
    checks: ['MP-10'],
    around: accept((upload) => isForm(upload) && upload.text !== '' && upload.preamble === upload.text),
  },
  {
    name: 'preamble-refused',
    summary: 'A form with text before its parts is answered with 400.',
    checks: ['MP-11'],
    around: refuse(({ preamble, parts: all }) => all.length > 0 && preamble.trim() !== '', 400),
  },
  {
    name: 'epilogue-refused',
    summary: 'A form with text after its parts is answered with 400.',
    checks: ['MP-11'],
    around: refuse(({ epilogue = '' }) => epilogue.trim() !== '', 400),
  },
  {
    name: 'padding-500',
    summary: 'Spaces after a boundary are answered with 500.',
    checks: ['MP-12'],
    around: refuse(({ boundary, text }) => isPadded(boundary, text), 500),
  },
  {
    name: 'bare-lf-500',
    summary: 'A form with bare line feeds is answered with 500.',
    checks: ['MP-13'],
    around: refuse(({ boundary, text }) => boundary !== '' && text.startsWith(`--${boundary}\n`), 500),
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
