import { after, credentials, has, headers, json, refusal, replace, type Seen } from '../changes.ts'
import type { Defect } from '../defect.ts'

const bearer = /^bearer +(\S+)$/i
const isWrong = (seen: Seen) => has(401)(seen) && bearer.test(seen.request.headers.get('authorization') ?? '')

export const auth: Defect[] = [
  {
    name: 'token-optional',
    summary: 'A request without Authorization is served.',
    checks: ['AU-01'],
    around: credentials((given, _, { token }) => (given ? undefined : `Bearer ${token}`)),
  },
  {
    name: 'missing-token-400',
    summary: 'A request without Authorization is answered 400.',
    checks: ['AU-01'],
    around: after(
      (seen) => has(401)(seen) && !seen.request.headers.has('authorization'),
      () => refusal(400, 'No credentials.'),
    ),
  },
  {
    name: 'login-redirect',
    summary: 'A wrong token is redirected to a login page.',
    checks: ['AU-02', 'ER-04'],
    around: after(isWrong, () => new Response(null, { status: 302, headers: { location: '/login' } })),
  },
  {
    name: 'login-page-200',
    summary: 'A wrong token is answered 200 with a login page.',
    checks: ['AU-02', 'ER-05'],
    around: after(
      isWrong,
      () => new Response('<!doctype html><title>Log in</title>', { headers: { 'content-type': 'text/html' } }),
    ),
  },
  {
    name: 'any-token',
    summary: 'Any token is served.',
    checks: ['AU-02'],
    around: credentials((given, _, { token }) => (bearer.test(given) ? `Bearer ${token}` : undefined)),
  },
  {
    name: 'wrong-token-403',
    summary: 'A wrong token is answered 403.',
    checks: ['AU-02'],
    around: after(isWrong, () => refusal(403, 'Forbidden.')),
  },
  {
    name: 'wrong-token-500',
    summary: 'A wrong token is answered 500.',
    checks: ['AU-02', 'ER-07'],
    around: after(isWrong, () => refusal(500, 'Internal server error.')),
  },
  {
    name: 'challenge-missing',
    summary: 'A 401 has no WWW-Authenticate.',
    checks: ['AU-03'],
    around: headers(has(401), { 'www-authenticate': undefined }),
  },
  {
    name: 'challenge-basic',
    summary: 'The WWW-Authenticate of a 401 asks for Basic.',
    checks: ['AU-03'],
    around: headers(has(401), { 'www-authenticate': 'Basic realm="gateway"' }),
  },
  {
    name: 'empty-token-accepted',
    summary: 'Bearer without a token is served.',
    checks: ['AU-04'],
    around: credentials((given, _, { token }) => (/^bearer *$/i.test(given) ? `Bearer ${token}` : undefined)),
  },
  {
    name: 'empty-token-500',
    summary: 'Bearer without a token is answered 500.',
    checks: ['AU-04', 'ER-07'],
    around: after(
      ({ request }) => /^bearer *$/i.test(request.headers.get('authorization') ?? ''),
      () => refusal(500, 'Internal server error.'),
    ),
  },
  {
    name: 'basic-accepted',
    summary: 'Basic credentials are served, whatever they are.',
    checks: ['AU-05'],
    around: credentials((given, _, { token }) => (/^basic /i.test(given) ? `Bearer ${token}` : undefined)),
  },
  {
    name: 'scheme-case-sensitive',
    summary: 'bearer in small letters is answered 401.',
    checks: ['AU-06'],
    around: credentials((given) => (given.startsWith('bearer') ? '' : undefined)),
  },
  {
    name: 'token-in-query',
    summary: 'A token in the query string is served.',
    checks: ['AU-07'],
    around: credentials((given, request, { token }) =>
      !given && new URL(request.url).searchParams.get('access_token') === token ? `Bearer ${token}` : undefined,
    ),
  },
  {
    name: 'token-in-form',
    summary: 'A token in a field of the form is served.',
    checks: ['AU-07'],
    around:
      ({ token }) =>
      async (request, next) => {
        if (request.headers.has('authorization') || !request.body) return next(request)
        const body = Buffer.from(await request.arrayBuffer())
        const isInForm = /name="access_token"\r\n\r\n(.*)\r\n/.exec(body.toString('latin1'))?.[1] === token
        return next(replace(request, { body, ...(isInForm && { headers: { authorization: `Bearer ${token}` } }) }))
      },
  },
  {
    name: 'validates-before-auth',
    summary: 'A wrong body without a token is answered 4xx for the body, not 401.',
    checks: ['AU-08'],
    around:
      ({ token }) =>
      async (request, next) => {
        const body = request.body && Buffer.from(await request.arrayBuffer())
        const as = (authorization?: string) =>
          replace(request, { body, ...(authorization && { headers: { authorization } }) })
        const refused = await next(as())
        if (refused.status !== 401) return refused
        const validated = await next(as(`Bearer ${token}`))
        return validated.ok ? refused : validated
      },
  },
  {
    name: 'token-echoed',
    summary: 'The message of a 401 repeats the token.',
    checks: ['AU-09'],
    around: json(has(401), (_, { request }) => ({
      detail: { msg: `No token ${request.headers.get('authorization')?.split(' ').at(-1)} found.` },
    })),
  },
  {
    name: 'token-in-header',
    summary: 'A header of every answer repeats the Authorization of the request.',
    checks: ['AU-09'],
    around: headers(
      ({ request }) => request.headers.has('authorization'),
      ({ request }) => ({ 'x-debug-authorization': request.headers.get('authorization')! }),
    ),
  },
  {
    name: 'upload-before-401',
    summary: 'A client that waits for 100 Continue is told to go on, and is answered 401 after its upload.',
    checks: ['AU-10'],
    around: () => async (request, next) =>
      next(request.body ? replace(request, { body: Buffer.from(await request.arrayBuffer()) }) : request),
  },
  {
    name: 'two-tokens-first-counts',
    summary: 'Of two Authorization headers the first counts, and the request is served.',
    checks: ['AU-11'],
    around: credentials((given) => (given.includes(',') ? given.split(',', 1)[0] : undefined)),
  },
]
