import { randomUUID } from 'node:crypto'
import { chain } from '../chain.ts'
import {
  changeHeaders,
  changeJson,
  changeResponse,
  changeStatus,
  changeText,
  everything,
  hasStatus,
  isError,
  type Seen,
} from '../change-response.ts'
import type { ChangeServer, Defect } from '../defect.ts'

interface Issue {
  loc: unknown
  msg: unknown
  type: unknown
}

const hasMessage = hasStatus(400, 401, 413, 415)

/** Returns all strings of an error body, in any envelope. */
function listWords(body: unknown): string[] {
  return typeof body === 'string' ? [body] : Object.values(Object(body)).flatMap(listWords)
}

function changeErrorMessage(change: (msg: string, seen: Seen) => unknown): ChangeServer {
  return changeJson(hasMessage, (body: object, seen) =>
    JSON.parse(JSON.stringify(body), (_, value: unknown) => (typeof value === 'string' ? change(value, seen) : value)),
  )
}

function changeEnvelope(change: (msg: string) => unknown): ChangeServer {
  return changeJson(hasMessage, (body: object) => change(listWords(body).join('; ')))
}

/** Changes the list of issues of a 422. Leaves error bodies without such a list unchanged. */
function changeIssues(change: (issues: Issue[]) => unknown): ChangeServer {
  return changeJson(hasStatus(422), (body: { detail: unknown }) =>
    Array.isArray(body.detail) ? { detail: change(body.detail as Issue[]) } : body,
  )
}

function changeEachIssue(change: (issue: Issue) => unknown): ChangeServer {
  return changeIssues((issues) => issues.map(change))
}

const trace = `Traceback (most recent call last):\n  File "/srv/gateway/app.py", line 42, in handle\nValueError: `

export const errors: Defect[] = [
  {
    name: 'error-object',
    summary: 'Errors have the shape {"error":{"message"}}.',
    checks: ['ER-01'],
    around: changeEnvelope((msg) => ({ error: { message: msg } })),
  },
  {
    name: 'error-list',
    summary: 'Errors have the shape {"errors":["…"]}.',
    checks: ['ER-01'],
    around: changeEnvelope((msg) => ({ errors: [msg] })),
  },
  {
    name: 'error-string',
    summary: 'The detail of an error is a string.',
    checks: ['ER-01'],
    around: changeEnvelope((msg) => ({ detail: msg })),
  },
  {
    name: 'error-number',
    summary: 'The message of an error is a number.',
    checks: ['ER-01'],
    around: changeErrorMessage((msg) => msg.length),
  },
  {
    name: 'issues-as-message',
    summary: 'A 422 has a message in place of its list of issues.',
    checks: ['ER-02'],
    around: changeIssues(([issue]) => ({ msg: issue?.msg })),
  },
  {
    name: 'issue-loc-string',
    summary: 'The loc of an issue is a string.',
    checks: ['ER-02'],
    around: changeEachIssue(({ loc, ...issue }) => ({ loc: (loc as string[]).join('.'), ...issue })),
  },
  {
    name: 'issue-loc-elsewhere',
    summary: 'The loc of an issue names a part that the form does not have.',
    checks: ['MP-02'],
    around: changeEachIssue((issue) => ({ ...issue, loc: ['query', 'file'] })),
  },
  {
    name: 'issue-msg-missing',
    summary: 'An issue has no msg.',
    checks: ['ER-02'],
    around: changeEachIssue(({ loc, type }) => ({ loc, type })),
  },
  {
    name: 'issue-type-number',
    summary: 'The type of an issue is a number.',
    checks: ['ER-02'],
    around: changeEachIssue((issue) => ({ ...issue, type: 7 })),
  },
  {
    name: 'issues-missing',
    summary: 'A 422 is an empty object.',
    checks: ['ER-03'],
    around: changeJson(hasStatus(422), () => ({})),
  },
  {
    name: 'issues-none',
    summary: 'A 422 has an empty list of issues.',
    checks: ['ER-03'],
    around: changeJson(hasStatus(422), () => ({ detail: [] })),
  },
  {
    name: 'status-418',
    summary: 'Errors 400 and 422 have the status 418.',
    checks: ['ER-04'],
    around: changeStatus(hasStatus(400, 422), 418),
  },
  {
    name: 'status-201',
    summary: 'Successful responses have the status 201 instead of 200.',
    checks: ['ER-04'],
    around: changeStatus(({ request, response }) => request.method === 'POST' && response.ok, 201),
  },
  {
    name: 'error-as-text',
    summary: 'Errors in JSON have the type text/plain.',
    checks: ['ER-05'],
    around: changeHeaders(isError, { 'content-type': 'text/plain' }),
  },
  {
    name: 'error-as-page',
    summary: 'Errors with the status 400, 415 or 422 are HTML pages of a proxy.',
    checks: ['ER-05', 'ER-06'],
    around: chain(
      changeHeaders(hasStatus(400, 415, 422), { 'content-type': 'text/html' }),
      changeText(
        hasStatus(400, 415, 422),
        () => '<html><head><title>Bad Gateway</title></head><body><h1>nginx</h1></body></html>',
      ),
    ),
  },
  {
    name: 'content-type-missing',
    summary: 'No response has a Content-Type.',
    checks: ['ER-05'],
    around: changeHeaders(everything, { 'content-type': undefined }),
  },
  {
    name: 'stack-trace',
    summary: 'The message of an error is a stack trace.',
    checks: ['ER-06'],
    around: changeErrorMessage((msg) => `${trace}${msg}`),
  },
  {
    name: 'stack-trace-422',
    summary: 'Each issue of a 422 has a stack trace in its message.',
    checks: ['ER-06'],
    around: changeEachIssue((issue) => ({ ...issue, msg: `${trace}${String(issue.msg)}` })),
  },
  {
    name: 'host-path',
    summary: 'The message of an error names a file of the server.',
    checks: ['ER-06'],
    around: changeErrorMessage((msg) => `/home/deploy/gateway/uploads/tmp81x.wav: ${msg}`),
  },
  {
    name: 'message-empty',
    summary: 'The message of an error is empty.',
    checks: ['ER-06'],
    around: changeErrorMessage(() => ''),
  },
  {
    name: 'message-page',
    summary: 'The message of an error is HTML.',
    checks: ['ER-06'],
    around: changeErrorMessage((msg) => `<html><body><h1>Error</h1><p>${msg}</p></body></html>`),
  },
  {
    name: 'message-long',
    summary: 'The message of an error is longer than 64 KB.',
    checks: ['ER-06'],
    around: changeErrorMessage((msg) => `${msg} `.repeat(Math.ceil(65_536 / (msg.length + 1)))),
  },
  {
    name: 'refusals-500',
    summary: 'Errors have the status 500 instead of 400, 415 or 422.',
    checks: ['ER-07'],
    around: chain(
      changeStatus(hasStatus(400, 415, 422), 500),
      changeJson(hasStatus(422), () => ({ detail: { msg: 'Internal server error.' } })),
    ),
  },
  {
    name: 'errors-alternate',
    summary: 'Every second error about a body has a wrong status.',
    checks: ['ER-08'],
    around: (site) => {
      let count = 0
      const other = changeResponse(hasStatus(400, 415, 422), ({ response }) =>
        count++ % 2
          ? Response.json({ detail: { msg: 'Bad request.' } }, { status: response.status === 400 ? 415 : 400 })
          : response,
      )
      return other(site)
    },
  },
  {
    name: 'request-id-reused',
    summary: 'Every response has the same request id.',
    checks: ['ER-09'],
    around: (site) => changeHeaders(everything, { 'x-request-id': randomUUID() })(site),
  },
]
