import { changeHeaders, changeResponse, errorResponse, everything, isError, isTranscript } from '../change-response.ts'
import type { ChangeServer, Defect } from '../defect.ts'
import { writeHead, isTranscriptMessage, changeMessage } from '../wire.ts'

const hasOrigin = ({ request }: { request: Request }) => request.headers.has('origin')
const isPreflight = ({ request }: { request: Request }) =>
  request.method === 'OPTIONS' && request.headers.has('access-control-request-method')

/** Refuses a transcription while another one is running. */
const refuseSecond =
  (code: number, more: Record<string, string>): ChangeServer =>
  () => {
    let running = 0
    return async (request, next) => {
      if (request.method !== 'POST') return next(request)
      try {
        return ++running > 1 ? errorResponse(code, 'Busy.', more) : await next(request)
      } finally {
        // Also refuses a request that follows closely, however fast the first one is.
        setTimeout(() => running--, 50)
      }
    }
  }

export const headers: Defect[] = [
  {
    name: 'transcript-cacheable',
    summary: 'A transcript may be stored by any cache for an hour.',
    checks: ['HD-01'],
    around: changeHeaders(isTranscript, { 'cache-control': 'public, max-age=3600' }),
  },
  {
    name: 'transcript-etag',
    summary: 'A transcript has validators: ETag and Last-Modified.',
    checks: ['HD-01'],
    around: changeHeaders(isTranscript, { etag: '"1"', 'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT' }),
  },
  {
    name: 'two-content-types',
    summary: 'Each response has two different Content-Type headers.',
    checks: ['HD-02'],
    wire: changeMessage((message) =>
      Buffer.concat([Buffer.from(writeHead(message, [], 'content-type: text/html')), message.body]),
    ),
  },
  {
    name: 'two-lengths',
    summary: 'A transcript has two different Content-Length headers.',
    checks: ['HD-02'],
    wire: changeMessage((message, incoming) =>
      isTranscriptMessage(message, incoming)
        ? Buffer.concat([
            Buffer.from(writeHead(message, [], `content-length: ${message.body.length + 7}`)),
            message.body,
          ])
        : undefined,
    ),
  },
  {
    name: 'length-and-chunked',
    summary: 'A transcript is chunked and has a Content-Length.',
    checks: ['HD-02'],
    wire: changeMessage((message, incoming) =>
      isTranscriptMessage(message, incoming)
        ? Buffer.concat([
            Buffer.from(
              `${writeHead(message, [], 'transfer-encoding: chunked')}${message.body.length.toString(16)}\r\n`,
            ),
            message.body,
            Buffer.from('\r\n0\r\n\r\n'),
          ])
        : undefined,
    ),
  },
  {
    name: 'preflight-405',
    summary: 'A preflight is answered with 405.',
    checks: ['HD-04'],
    around: changeResponse(isPreflight, () => errorResponse(405, 'Not allowed.', { allow: 'POST' })),
  },
  {
    name: 'preflight-without-authorization',
    summary: 'A preflight response does not allow the header Authorization.',
    checks: ['HD-04'],
    around: changeHeaders(isPreflight, { 'access-control-allow-headers': 'content-type' }),
  },
  {
    name: 'preflight-without-post',
    summary: 'A preflight response allows only GET.',
    checks: ['HD-04'],
    around: changeHeaders(isPreflight, { 'access-control-allow-methods': 'GET' }),
  },
  {
    name: 'credentials-for-all',
    summary: 'Any origin may send credentials: Access-Control-Allow-Origin is *.',
    checks: ['HD-05'],
    around: changeHeaders(hasOrigin, {
      'access-control-allow-origin': '*',
      'access-control-allow-credentials': 'true',
    }),
  },
  {
    name: 'origin-mirrored',
    summary: 'Any origin may send credentials: Access-Control-Allow-Origin repeats it.',
    checks: ['HD-05'],
    around: changeHeaders(hasOrigin, ({ request }) => ({
      'access-control-allow-origin': request.headers.get('origin') ?? undefined,
      'access-control-allow-credentials': 'true',
      vary: 'origin',
    })),
  },
  {
    name: 'origin-without-vary',
    summary: 'Access-Control-Allow-Origin repeats the origin without a Vary header.',
    checks: ['HD-05'],
    around: changeHeaders(hasOrigin, ({ request }) => ({
      'access-control-allow-origin': request.headers.get('origin') ?? undefined,
      vary: undefined,
    })),
  },
  {
    name: 'refusal-without-cors',
    summary: 'Errors have no Access-Control-Allow-Origin.',
    checks: ['HD-06'],
    around: changeHeaders(isError, {
      'access-control-allow-origin': undefined,
      'access-control-expose-headers': undefined,
    }),
  },
  {
    name: 'busy-503',
    summary: 'A second simultaneous transcription is answered with 503 without Retry-After.',
    checks: ['HD-07', 'TR-04'],
    around: refuseSecond(503, {}),
  },
  {
    name: 'busy-429',
    summary: 'A second simultaneous transcription is answered with 429 without Retry-After.',
    checks: ['HD-07', 'TR-04'],
    around: refuseSecond(429, {}),
  },
  {
    name: 'retry-after-in-words',
    summary: 'A second simultaneous transcription is answered with 503 and an invalid Retry-After.',
    checks: ['HD-07', 'TR-04'],
    around: refuseSecond(503, { 'retry-after': 'soon' }),
  },
  {
    name: 'cookie',
    summary: 'Every response sets a cookie.',
    checks: ['HD-08'],
    around: changeHeaders(everything, { 'set-cookie': 'session=1' }),
  },
  {
    name: 'inner-host',
    summary: 'Every response names a host of the internal network.',
    checks: ['HD-08'],
    around: changeHeaders(everything, { via: '1.1 worker-3.internal', 'x-upstream': '10.0.3.7:8000' }),
  },
]
