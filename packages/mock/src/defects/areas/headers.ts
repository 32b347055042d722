import { after, everything, headers, isRefusal, isTranscript, refusal } from '../changes.ts'
import type { Defect } from '../defect.ts'
import { head, isTranscriptOnWire, onWire } from '../wire.ts'

const hasOrigin = ({ request }: { request: Request }) => request.headers.has('origin')
const isPreflight = ({ request }: { request: Request }) =>
  request.method === 'OPTIONS' && request.headers.has('access-control-request-method')

/** Refuses a transcription that comes while another runs. */
const busy = (code: number, more: Record<string, string>) => () => {
  let running = 0
  return async (request: Request, next: (request: Request) => Promise<Response>) => {
    if (request.method !== 'POST') return next(request)
    try {
      return ++running > 1 ? refusal(code, 'Busy.', more) : await next(request)
    } finally {
      // Who comes right behind is told so as well, however fast the work is.
      setTimeout(() => running--, 50)
    }
  }
}

export const headerRows: Defect[] = [
  {
    name: 'transcript-cacheable',
    summary: 'A transcript may be kept by every cache for an hour.',
    checks: ['HD-01'],
    around: headers(isTranscript, { 'cache-control': 'public, max-age=3600' }),
  },
  {
    name: 'transcript-etag',
    summary: 'A transcript has validators: ETag and Last-Modified.',
    checks: ['HD-01'],
    around: headers(isTranscript, { etag: '"1"', 'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT' }),
  },
  {
    name: 'two-content-types',
    summary: 'Each answer has two Content-Type headers, which differ.',
    checks: ['HD-02'],
    wire: onWire((message) => Buffer.concat([Buffer.from(head(message, [], 'content-type: text/html')), message.body])),
  },
  {
    name: 'two-lengths',
    summary: 'A transcript has two Content-Length headers, which differ.',
    checks: ['HD-02'],
    wire: onWire((message, incoming) =>
      isTranscriptOnWire(message, incoming)
        ? Buffer.concat([Buffer.from(head(message, [], `content-length: ${message.body.length + 7}`)), message.body])
        : undefined,
    ),
  },
  {
    name: 'length-and-chunked',
    summary: 'A transcript is chunked and has a Content-Length as well.',
    checks: ['HD-02'],
    wire: onWire((message, incoming) =>
      isTranscriptOnWire(message, incoming)
        ? Buffer.concat([
            Buffer.from(`${head(message, [], 'transfer-encoding: chunked')}${message.body.length.toString(16)}\r\n`),
            message.body,
            Buffer.from('\r\n0\r\n\r\n'),
          ])
        : undefined,
    ),
  },
  {
    name: 'preflight-405',
    summary: 'A preflight is answered 405.',
    checks: ['HD-04'],
    around: after(isPreflight, () => refusal(405, 'Not allowed.', { allow: 'POST' })),
  },
  {
    name: 'preflight-without-authorization',
    summary: 'A preflight does not allow the header Authorization.',
    checks: ['HD-04'],
    around: headers(isPreflight, { 'access-control-allow-headers': 'content-type' }),
  },
  {
    name: 'preflight-without-post',
    summary: 'A preflight allows GET alone.',
    checks: ['HD-04'],
    around: headers(isPreflight, { 'access-control-allow-methods': 'GET' }),
  },
  {
    name: 'credentials-for-all',
    summary: 'Pages of every origin may call with credentials: Access-Control-Allow-Origin is *.',
    checks: ['HD-05'],
    around: headers(hasOrigin, {
      'access-control-allow-origin': '*',
      'access-control-allow-credentials': 'true',
    }),
  },
  {
    name: 'origin-mirrored',
    summary: 'Pages of every origin may call with credentials: Access-Control-Allow-Origin repeats the origin.',
    checks: ['HD-05'],
    around: headers(hasOrigin, ({ request }) => ({
      'access-control-allow-origin': request.headers.get('origin')!,
      'access-control-allow-credentials': 'true',
      vary: 'origin',
    })),
  },
  {
    name: 'origin-without-vary',
    summary: 'Access-Control-Allow-Origin repeats the origin, and there is no Vary.',
    checks: ['HD-05'],
    around: headers(hasOrigin, ({ request }) => ({
      'access-control-allow-origin': request.headers.get('origin')!,
      vary: undefined,
    })),
  },
  {
    name: 'refusal-without-cors',
    summary: 'A page cannot read refusals: they have no Access-Control-Allow-Origin.',
    checks: ['HD-06'],
    around: headers(isRefusal, {
      'access-control-allow-origin': undefined,
      'access-control-expose-headers': undefined,
    }),
  },
  {
    name: 'busy-503',
    summary: 'A transcription that comes while another runs is answered 503 without Retry-After.',
    checks: ['HD-07', 'TR-04'],
    around: busy(503, {}),
  },
  {
    name: 'busy-429',
    summary: 'A transcription that comes while another runs is answered 429 without Retry-After.',
    checks: ['HD-07', 'TR-04'],
    around: busy(429, {}),
  },
  {
    name: 'retry-after-in-words',
    summary:
      'A transcription that comes while another runs is answered 503 with a Retry-After that is neither seconds nor a date.',
    checks: ['HD-07', 'TR-04'],
    around: busy(503, { 'retry-after': 'soon' }),
  },
  {
    name: 'cookie',
    summary: 'Every answer sets a cookie.',
    checks: ['HD-08'],
    around: headers(everything, { 'set-cookie': 'session=1' }),
  },
  {
    name: 'inner-host',
    summary: 'Every answer names a host of the inner network.',
    checks: ['HD-08'],
    around: headers(everything, { via: '1.1 worker-3.internal', 'x-upstream': '10.0.3.7:8000' }),
  },
]
