import { gzipSync } from 'node:zlib'
import { replace } from '../change-request.ts'
import {
  changeHeaders,
  changeResponse,
  changeText,
  emptyTranscript,
  errorResponse,
  everything,
  isTranscript,
} from '../change-response.ts'
import type { ChangeServer, Defect } from '../defect.ts'

/** Applies to authorized POST requests with a body of this media type. */
const hasBodyType =
  (mediaType: RegExp) =>
  ({ request, response }: { request: Request; response: Response }) =>
    request.method === 'POST' && response.status !== 401 && mediaType.test(request.headers.get('content-type') ?? '')

export const negotiation: Defect[] = [
  {
    name: 'vendor-media-type',
    summary: 'A transcript has the type application/vnd.livepeer+json.',
    checks: ['CN-01', 'ER-05'],
    around: changeHeaders(isTranscript, { 'content-type': 'application/vnd.livepeer+json' }),
  },
  {
    name: 'any-type-406',
    summary: 'A request that accepts anything is answered with 406.',
    checks: ['CN-02'],
    around: changeResponse(
      ({ request, response }) =>
        ['*/*', null].includes(request.headers.get('accept')) && response.status === 200 && request.method === 'POST',
      () => errorResponse(406, 'Say what you accept.'),
    ),
  },
  {
    name: 'html-on-request',
    summary: 'A request that accepts HTML gets its transcript as an HTML page.',
    checks: ['CN-03'],
    around: (site) => async (request, next) => {
      if (!/html/.test(request.headers.get('accept') ?? '')) return next(request)
      const page = changeText(everything, (body) => `<!doctype html><title>Transcript</title><pre>${body}</pre>`)
      const response = await page(site)(replace(request, { headers: { accept: undefined } }), next)
      response.headers.set('content-type', 'text/html')
      return response
    },
  },
  {
    name: 'html-500',
    summary: 'A request that accepts only HTML is answered with 500.',
    checks: ['CN-03'],
    around: changeResponse(
      ({ request }) => /html/.test(request.headers.get('accept') ?? ''),
      () => errorResponse(500, 'Internal server error.'),
    ),
  },
  {
    name: 'accept-sticks',
    summary: 'The Accept header of one request is applied to the next one.',
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
    summary: 'A JSON body is answered with 200 and an empty transcript.',
    checks: ['CN-04'],
    around: changeResponse(hasBodyType(/json/), emptyTranscript),
  },
  {
    name: 'json-body-500',
    summary: 'A JSON body is answered with 500.',
    checks: ['CN-04', 'ER-07'],
    around: changeResponse(hasBodyType(/json/), () => errorResponse(500, 'Internal server error.')),
  },
  {
    name: 'urlencoded-200',
    summary: 'A URL-encoded form is answered with 200 and an empty transcript.',
    checks: ['CN-05'],
    around: changeResponse(hasBodyType(/urlencoded/), emptyTranscript),
  },
  {
    name: 'raw-audio-200',
    summary: 'A recording outside of a form is answered with 200.',
    checks: ['CN-06'],
    around: changeResponse(hasBodyType(/^audio\//), emptyTranscript),
  },
  {
    name: 'untyped-body-500',
    summary: 'A body without a Content-Type is answered with 500.',
    checks: ['CN-07'],
    around: changeResponse(
      (seen) => hasBodyType(/^$/)(seen) && Number(seen.request.headers.get('content-length')) > 0,
      () => errorResponse(500, 'Internal server error.'),
    ),
  },
  {
    name: 'gzip-unasked',
    summary: 'Transcripts are compressed although the request does not accept it.',
    checks: ['CN-02', 'CN-08'],
    around: compressTranscript(
      () => true,
      (body) => gzipSync(body),
    ),
  },
  {
    name: 'gzip-corrupt',
    summary: 'A transcript has Content-Encoding: gzip but is not compressed.',
    checks: ['CN-08'],
    around: compressTranscript(
      ({ headers: asked }) => /gzip/.test(asked.get('accept-encoding') ?? ''),
      (body) => Buffer.from(body),
    ),
  },
  {
    name: 'gzip-request-500',
    summary: 'A compressed request is answered with 500.',
    checks: ['CN-09'],
    around: changeResponse(
      ({ request, response }) => request.headers.has('content-encoding') && response.status !== 401,
      () => errorResponse(500, 'Internal server error.'),
    ),
  },
  {
    name: 'upload-redirected',
    summary: 'A transcription is answered with 303 and a Location.',
    checks: ['CN-01', 'ER-04'],
    around: changeResponse(
      isTranscript,
      () => new Response(null, { status: 303, headers: { location: '/transcripts/1' } }),
    ),
  },
]

function compressTranscript(
  applies: (request: Request) => boolean,
  compress: (body: string) => Uint8Array<ArrayBuffer>,
): ChangeServer {
  return changeText(
    (seen) => isTranscript(seen) && applies(seen.request),
    (body, { response }) => {
      response.headers.set('content-encoding', 'gzip')
      return compress(body)
    },
  )
}
