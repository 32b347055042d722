import { randomUUID } from 'node:crypto'
import { after, everything, has, headers, inTurn, isRefusal, json, status, text, type Seen } from '../changes.ts'
import type { Defect } from '../defect.ts'

interface Issue {
  loc: unknown
  msg: unknown
  type: unknown
}

const refusalWithMessage = has(400, 401, 413, 415)
/** The words of a refusal, in whatever envelope a gateway has them. */
const words = (body: unknown): string[] =>
  typeof body === 'string' ? [body] : Object.values(Object(body)).flatMap(words)
const message = (change: (msg: string, seen: Seen) => unknown) =>
  json(refusalWithMessage, (body: object, seen) =>
    JSON.parse(JSON.stringify(body), (_, value: unknown) => (typeof value === 'string' ? change(value, seen) : value)),
  )
const envelope = (change: (msg: string) => unknown) =>
  json(refusalWithMessage, (body: object) => change(words(body).join('; ')))
/** Gateways that have no list of issues stay as they are. */
const list = (change: (issues: Issue[]) => unknown) =>
  json(has(422), (body: { detail: unknown }) =>
    Array.isArray(body.detail) ? { detail: change(body.detail as Issue[]) } : body,
  )
const issues = (change: (issue: Issue) => unknown) => list((all) => all.map(change))

const trace = `Traceback (most recent call last):\n  File "/srv/gateway/app.py", line 42, in handle\nValueError: `

export const errors: Defect[] = [
  {
    name: 'error-object',
    summary: 'Refusals come as {"error":{"message"}}.',
    checks: ['ER-01'],
    around: envelope((msg) => ({ error: { message: msg } })),
  },
  {
    name: 'error-list',
    summary: 'Refusals come as {"errors":["…"]}.',
    checks: ['ER-01'],
    around: envelope((msg) => ({ errors: [msg] })),
  },
  {
    name: 'error-string',
    summary: 'The detail of a refusal is a string.',
    checks: ['ER-01'],
    around: envelope((msg) => ({ detail: msg })),
  },
  {
    name: 'error-number',
    summary: 'The message of a refusal is a number.',
    checks: ['ER-01'],
    around: message((msg) => msg.length),
  },
  {
    name: 'issues-as-message',
    summary: 'A 422 has a message in the place of its list of issues.',
    checks: ['ER-02'],
    around: list(([issue]) => ({ msg: issue?.msg })),
  },
  {
    name: 'issue-loc-string',
    summary: 'The loc of an issue is a string.',
    checks: ['ER-02'],
    around: issues(({ loc, ...issue }) => ({ loc: (loc as string[]).join('.'), ...issue })),
  },
  {
    name: 'issue-loc-elsewhere',
    summary: 'The loc of an issue names something that is not in the form.',
    checks: ['MP-02'],
    around: issues((issue) => ({ ...issue, loc: ['query', 'file'] })),
  },
  {
    name: 'issue-msg-missing',
    summary: 'An issue has no msg.',
    checks: ['ER-02'],
    around: issues(({ loc, type }) => ({ loc, type })),
  },
  {
    name: 'issue-type-number',
    summary: 'The type of an issue is a number.',
    checks: ['ER-02'],
    around: issues((issue) => ({ ...issue, type: 7 })),
  },
  {
    name: 'issues-missing',
    summary: 'A 422 is an empty object.',
    checks: ['ER-03'],
    around: json(has(422), () => ({})),
  },
  {
    name: 'issues-none',
    summary: 'A 422 has an empty list of issues.',
    checks: ['ER-03'],
    around: json(has(422), () => ({ detail: [] })),
  },
  {
    name: 'status-418',
    summary: 'What is documented as 400 or 422 is answered 418.',
    checks: ['ER-04'],
    around: status(has(400, 422), 418),
  },
  {
    name: 'status-201',
    summary: 'What is documented as 200 is answered 201.',
    checks: ['ER-04'],
    around: status(({ request, response }) => request.method === 'POST' && response.ok, 201),
  },
  {
    name: 'error-as-text',
    summary: 'Refusals are JSON by their bytes, and text/plain by their Content-Type.',
    checks: ['ER-05'],
    around: headers(isRefusal, { 'content-type': 'text/plain' }),
  },
  {
    name: 'error-as-page',
    summary: 'What is documented as 400, 415 or 422 is a page, as a proxy writes it.',
    checks: ['ER-05', 'ER-06'],
    around: inTurn(
      headers(has(400, 415, 422), { 'content-type': 'text/html' }),
      text(has(400, 415, 422), () => '<html><head><title>Bad Gateway</title></head><body><h1>nginx</h1></body></html>'),
    ),
  },
  {
    name: 'content-type-missing',
    summary: 'No answer has a Content-Type.',
    checks: ['ER-05'],
    around: headers(everything, { 'content-type': undefined }),
  },
  {
    name: 'stack-trace',
    summary: 'The message of a refusal is a stack trace.',
    checks: ['ER-06'],
    around: message((msg) => `${trace}${msg}`),
  },
  {
    name: 'host-path',
    summary: 'The message of a refusal names a file of the machine.',
    checks: ['ER-06'],
    around: message((msg) => `/home/deploy/gateway/uploads/tmp81x.wav: ${msg}`),
  },
  {
    name: 'message-empty',
    summary: 'The message of a refusal is empty.',
    checks: ['ER-06'],
    around: message(() => ''),
  },
  {
    name: 'message-page',
    summary: 'The message of a refusal is HTML.',
    checks: ['ER-06'],
    around: message((msg) => `<html><body><h1>Error</h1><p>${msg}</p></body></html>`),
  },
  {
    name: 'message-long',
    summary: 'The message of a refusal is longer than 64 KB.',
    checks: ['ER-06'],
    around: message((msg) => `${msg} `.repeat(Math.ceil(65_536 / (msg.length + 1)))),
  },
  {
    name: 'refusals-500',
    summary: 'What is documented as 400, 415 or 422 is answered 500.',
    checks: ['ER-07'],
    around: inTurn(
      status(has(400, 415, 422), 500),
      json(has(422), () => ({ detail: { msg: 'Internal server error.' } })),
    ),
  },
  {
    name: 'errors-alternate',
    summary: 'Every other refusal of a body has another status.',
    checks: ['ER-08'],
    around: (site) => {
      let count = 0
      const other = after(has(400, 415, 422), ({ response }) =>
        count++ % 2
          ? Response.json({ detail: { msg: 'Bad request.' } }, { status: response.status === 400 ? 415 : 400 })
          : response,
      )
      return other(site)
    },
  },
  {
    name: 'request-id-reused',
    summary: 'Every answer has the same request id.',
    checks: ['ER-09'],
    around: (site) => headers(everything, { 'x-request-id': randomUUID() })(site),
  },
]
