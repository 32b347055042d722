import { changeRequest, replace } from '../change-request.ts'
import { changeHeaders, changeResponse, hasStatus } from '../change-response.ts'
import type { Defect } from '../defect.ts'
import { writeHead, changeMessage } from '../wire.ts'

const hasMethod =
  (...methods: string[]) =>
  ({ request }: { request: Request }) =>
    methods.includes(request.method)

export const method: Defect[] = [
  {
    name: 'get-silent-200',
    summary: 'A GET is answered with 200 without a body.',
    checks: ['ME-01'],
    around: changeResponse(
      (seen) => hasMethod('GET')(seen) && hasStatus(405)(seen),
      () => new Response(null),
    ),
  },
  {
    name: 'get-404-empty',
    summary: 'An unsupported method is answered with 404 without a body.',
    checks: ['ME-01'],
    around: changeResponse(hasStatus(405), () => new Response(null, { status: 404 })),
  },
  {
    name: 'put-accepted',
    summary: 'PUT, PATCH and DELETE transcribe like POST.',
    checks: ['ME-02'],
    around: changeRequest((request) =>
      ['PUT', 'PATCH', 'DELETE'].includes(request.method) ? replace(request, { method: 'POST' }) : request,
    ),
  },
  {
    name: 'delete-204',
    summary: 'A DELETE is answered with 204.',
    checks: ['ME-02'],
    around: changeResponse(hasMethod('DELETE'), () => new Response(null, { status: 204 })),
  },
  {
    name: 'allow-missing',
    summary: 'A 405 has no Allow header.',
    checks: ['ME-03'],
    around: changeHeaders(hasStatus(405), { allow: undefined }),
  },
  {
    name: 'allow-without-post',
    summary: 'The Allow header of a 405 lists only GET.',
    checks: ['ME-03'],
    around: changeHeaders(hasStatus(405), { allow: 'GET' }),
  },
  {
    name: 'head-with-body',
    summary: 'The response to a HEAD has a body.',
    checks: ['ME-04', 'HD-02'],
    wire: changeMessage((message, { method: asked }) =>
      asked === 'HEAD'
        ? `${writeHead(message, ['content-length'], 'content-length: 27')}{"detail":"Not for a HEAD"}\n`
        : undefined,
    ),
  },
  {
    name: 'head-500',
    summary: 'A HEAD is answered with 500.',
    checks: ['ME-04'],
    around: changeResponse(hasMethod('HEAD'), () => new Response(null, { status: 500 })),
  },
  {
    name: 'options-500',
    summary: 'An OPTIONS request outside of CORS is answered with 500.',
    checks: ['ME-05'],
    around: changeResponse(
      ({ request }) => request.method === 'OPTIONS' && !request.headers.has('origin'),
      () => new Response(null, { status: 500 }),
    ),
  },
  {
    name: 'trace-echo',
    summary: 'A TRACE is answered with the request, including the token.',
    checks: ['ME-06'],
    wire: changeMessage((_, { method: asked, url, rawHeaders }) => {
      if (asked !== 'TRACE') return undefined
      const lines = rawHeaders.map((text, index) => (index % 2 ? `${text}\r\n` : `${text}: `)).join('')
      const body = `TRACE ${url} HTTP/1.1\r\n${lines}\r\n`
      return `HTTP/1.1 200 OK\r\ncontent-type: message/http\r\ncontent-length: ${body.length}\r\n\r\n${body}`
    }),
  },
  {
    name: 'unknown-method-200',
    summary: 'An unknown method is answered with 200.',
    checks: ['ME-06'],
    around: changeResponse(
      ({ request }) => !/^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(request.method),
      () => Response.json({}),
    ),
  },
]
