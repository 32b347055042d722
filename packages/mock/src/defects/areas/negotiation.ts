import { gzipSync } from 'node:zlib'
import { after, emptyTranscript, everything, headers, isTranscript, refusal, replace, text } from '../changes.ts'
import type { Defect } from '../defect.ts'

/** A request with a body of this media type, whose answer is about that. */
const bodyIs =
  (mediaType: RegExp) =>
  ({ request, response }: { request: Request; response: Response }) =>
    request.method === 'POST' && response.status !== 401 && mediaType.test(request.headers.get('content-type') ?? '')

export const negotiation: Defect[] = [
  {
    name: 'vendor-media-type',
    summary: 'A transcript comes as application/vnd.livepeer+json.',
    checks: ['CN-01', 'ER-05'],
    around: headers(isTranscript, { 'content-type': 'application/vnd.livepeer+json' }),
  },
  {
    name: 'any-type-406',
    summary: 'A request that accepts anything is answered 406.',
    checks: ['CN-02'],
    around: after(
      ({ request, response }) =>
        ['*/*', null].includes(request.headers.get('accept')) && response.status === 200 && request.method === 'POST',
      () => refusal(406, 'Say what you accept.'),
    ),
  },
  {
    name: 'html-on-request',
    summary: 'A request that accepts HTML gets its transcript as a page.',
    checks: ['CN-03'],
    around: (site) => async (request, next) => {
      if (!/html/.test(request.headers.get('accept') ?? '')) return next(request)
      const page = text(everything, (body) => `<!doctype html><title>Transcript</title><pre>${body}</pre>`)
      const response = await page(site)(replace(request, { headers: { accept: undefined } }), next)
      response.headers.set('content-type', 'text/html')
      return response
    },
  },
  {
    name: 'html-500',
    summary: 'A request that accepts only HTML is answered 500.',
    checks: ['CN-03'],
    around: after(
      ({ request }) => /html/.test(request.headers.get('accept') ?? ''),
      () => refusal(500, 'Internal server error.'),
    ),
  },
  {
    name: 'accept-sticks',
    summary: 'The Accept of one request holds for the next one as well.',
    checks: ['CN-01', 'CN-02', 'CN-03', 'CN-04', 'CN-05', 'CN-06', 'CN-07'],
    around: () => {
      let last: string | null = null
      return (request, next) => {
        const accept = last
        last = request.headers.get('accept')
        return next(accept === null ? request : replace(request, { headers: { accept } }))
      }
    },
  },
  {
    name: 'json-body-200',
    summary: 'A JSON body is answered 200 with an empty transcript.',
    checks: ['CN-04'],
    around: after(bodyIs(/json/), emptyTranscript),
  },
  {
    name: 'json-body-500',
    summary: 'A JSON body is answered 500.',
    checks: ['CN-04', 'ER-07'],
    around: after(bodyIs(/json/), () => refusal(500, 'Internal server error.')),
  },
  {
    name: 'urlencoded-200',
    summary: 'A form without files is answered 200 with an empty transcript.',
    checks: ['CN-05'],
    around: after(bodyIs(/urlencoded/), emptyTranscript),
  },
  {
    name: 'raw-audio-200',
    summary: 'A recording that is no part of a form is answered 200.',
    checks: ['CN-06'],
    around: after(bodyIs(/^audio\//), emptyTranscript),
  },
  {
    name: 'untyped-body-500',
    summary: 'A body without a Content-Type is answered 500.',
    checks: ['CN-07'],
    around: after(
      (seen) => bodyIs(/^$/)(seen) && Number(seen.request.headers.get('content-length')) > 0,
      () => refusal(500, 'Internal server error.'),
    ),
  },
  {
    name: 'gzip-unasked',
    summary: 'Transcripts are compressed although the request accepts nothing of the kind.',
    checks: ['CN-02', 'CN-08'],
    around: compressed(
      () => true,
      (body) => gzipSync(body),
    ),
  },
  {
    name: 'gzip-corrupt',
    summary: 'A transcript that is said to be compressed is not.',
    checks: ['CN-08'],
    around: compressed(
      ({ headers: asked }) => /gzip/.test(asked.get('accept-encoding') ?? ''),
      (body) => Buffer.from(body),
    ),
  },
  {
    name: 'gzip-request-500',
    summary: 'A compressed request is answered 500.',
    checks: ['CN-09'],
    around: after(
      ({ request, response }) => request.headers.has('content-encoding') && response.status !== 401,
      () => refusal(500, 'Internal server error.'),
    ),
  },
  {
    name: 'upload-redirected',
    summary: 'A transcript is to be fetched from elsewhere: 303 with a Location.',
    checks: ['CN-01', 'ER-04'],
    around: after(isTranscript, () => new Response(null, { status: 303, headers: { location: '/transcripts/1' } })),
  },
]

function compressed(applies: (request: Request) => boolean, compress: (body: string) => Uint8Array<ArrayBuffer>) {
  const change = text(
    (seen) => isTranscript(seen) && applies(seen.request),
    (body, { response }) => {
      response.headers.set('content-encoding', 'gzip')
      return compress(body)
    },
  )
  return change
}
