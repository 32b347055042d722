import { after, before, has, headers, replace } from '../changes.ts'
import type { Defect } from '../defect.ts'
import { head, onWire } from '../wire.ts'

const methodIs =
  (...methods: string[]) =>
  ({ request }: { request: Request }) =>
    methods.includes(request.method)

export const method: Defect[] = [
  {
    name: 'get-silent-200',
    summary: 'A GET is answered 200 without a body.',
    checks: ['ME-01'],
    around: after(
      (seen) => methodIs('GET')(seen) && has(405)(seen),
      () => new Response(null),
    ),
  },
  {
    name: 'get-404-empty',
    summary: 'A wrong method is answered 404 without a body.',
    checks: ['ME-01'],
    around: after(has(405), () => new Response(null, { status: 404 })),
  },
  {
    name: 'put-accepted',
    summary: 'PUT, PATCH and DELETE transcribe like POST.',
    checks: ['ME-02'],
    around: before((request) =>
      ['PUT', 'PATCH', 'DELETE'].includes(request.method) ? replace(request, { method: 'POST' }) : request,
    ),
  },
  {
    name: 'delete-204',
    summary: 'A DELETE is answered 204, as if something had been deleted.',
    checks: ['ME-02'],
    around: after(methodIs('DELETE'), () => new Response(null, { status: 204 })),
  },
  {
    name: 'allow-missing',
    summary: 'A 405 has no Allow.',
    checks: ['ME-03'],
    around: headers(has(405), { allow: undefined }),
  },
  {
    name: 'allow-without-post',
    summary: 'The Allow of a 405 names GET alone.',
    checks: ['ME-03'],
    around: headers(has(405), { allow: 'GET' }),
  },
  {
    name: 'head-with-body',
    summary: 'The answer to a HEAD has a body.',
    checks: ['ME-04', 'HD-02'],
    wire: onWire((message, { method: asked }) =>
      asked === 'HEAD'
        ? `${head(message, ['content-length'], 'content-length: 27')}{"detail":"Not for a HEAD"}\n`
        : undefined,
    ),
  },
  {
    name: 'head-500',
    summary: 'A HEAD is answered 500.',
    checks: ['ME-04'],
    around: after(methodIs('HEAD'), () => new Response(null, { status: 500 })),
  },
  {
    name: 'options-500',
    summary: 'An OPTIONS that is no preflight is answered 500.',
    checks: ['ME-05'],
    around: after(
      ({ request }) => request.method === 'OPTIONS' && !request.headers.has('origin'),
      () => new Response(null, { status: 500 }),
    ),
  },
  {
    name: 'trace-echo',
    summary: 'A TRACE is answered with the request, the token included.',
    checks: ['ME-06'],
    wire: onWire((_, { method: asked, url, rawHeaders }) => {
      if (asked !== 'TRACE') return undefined
      const lines = rawHeaders.map((text, index) => (index % 2 ? `${text}\r\n` : `${text}: `)).join('')
      const body = `TRACE ${url} HTTP/1.1\r\n${lines}\r\n`
      return `HTTP/1.1 200 OK\r\ncontent-type: message/http\r\ncontent-length: ${body.length}\r\n\r\n${body}`
    }),
  },
  {
    name: 'unknown-method-200',
    summary: 'A method that nobody knows is answered 200.',
    checks: ['ME-06'],
    around: after(
      ({ request }) => !/^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(request.method),
      () => Response.json({}),
    ),
  },
]
