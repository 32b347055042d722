import { changeCredentials, replace } from '../change-request.ts'
import { changeHeaders, changeJson, changeResponse, errorResponse, hasStatus, type Seen } from '../change-response.ts'
import type { Defect } from '../defect.ts'

const bearer = /^bearer +(\S+)$/i
const isWrong = (seen: Seen) => hasStatus(401)(seen) && bearer.test(seen.request.headers.get('authorization') ?? '')

export const auth: Defect[] = [
  {
    name: 'token-optional',
    summary: 'A request without Authorization is served.',
    checks: ['AU-01'],
    around: changeCredentials((given, _, { token }) => (given ? undefined : `Bearer ${token}`)),
  },
  {
    name: 'missing-token-400',
    summary: 'A request without Authorization is answered with 400.',
    checks: ['AU-01'],
    around: changeResponse(
      (seen) => hasStatus(401)(seen) && !seen.request.headers.has('authorization'),
      () => errorResponse(400, 'No credentials.'),
    ),
  },
  {
    name: 'login-redirect',
    summary: 'A wrong token is redirected to a login page.',
    checks: ['AU-02', 'ER-04'],
    around: changeResponse(isWrong, () => new Response(null, { status: 302, headers: { location: '/login' } })),
  },
  {
    name: 'login-page-200',
    summary: 'A wrong token is answered with 200 and a login page.',
    checks: ['AU-02', 'ER-05'],
    around: changeResponse(
      isWrong,
      () => new Response('<!doctype html><title>Log in</title>', { headers: { 'content-type': 'text/html' } }),
    ),
  },
  {
    name: 'any-token',
    summary: 'Any token is served.',
    checks: ['AU-02'],
    around: changeCredentials((given, _, { token }) => (bearer.test(given) ? `Bearer ${token}` : undefined)),
  },
  {
    name: 'token-prefix-accepted',
    summary: 'The beginning of the token is served.',
    checks: ['AU-02'],
    around: changeCredentials((given, _, { token }) =>
      given.length > 'Bearer '.length && `Bearer ${token}`.startsWith(given) ? `Bearer ${token}` : undefined,
    ),
  },
  {
    name: 'token-longer-accepted',
    summary: 'A token that begins with the right one is served.',
    checks: ['AU-02'],
    around: changeCredentials((given, _, { token }) =>
      given.startsWith(`Bearer ${token}`) ? `Bearer ${token}` : undefined,
    ),
  },
  {
    name: 'wrong-token-403',
    summary: 'A wrong token is answered with 403.',
    checks: ['AU-02'],
    around: changeResponse(isWrong, () => errorResponse(403, 'Forbidden.')),
  },
  {
    name: 'wrong-token-500',
    summary: 'A wrong token is answered with 500.',
    checks: ['AU-02', 'ER-07'],
    around: changeResponse(isWrong, () => errorResponse(500, 'Internal server error.')),
  },
  {
    name: 'challenge-missing',
    summary: 'A 401 has no WWW-Authenticate header.',
    checks: ['AU-03'],
    around: changeHeaders(hasStatus(401), { 'www-authenticate': undefined }),
  },
  {
    name: 'challenge-basic',
    summary: 'The WWW-Authenticate header of a 401 names Basic.',
    checks: ['AU-03'],
    around: changeHeaders(hasStatus(401), { 'www-authenticate': 'Basic realm="gateway"' }),
  },
  {
    name: 'empty-token-accepted',
    summary: 'An Authorization of Bearer without a token is served.',
    checks: ['AU-04'],
    around: changeCredentials((given, _, { token }) => (/^bearer *$/i.test(given) ? `Bearer ${token}` : undefined)),
  },
  {
    name: 'empty-token-500',
    summary: 'An Authorization of Bearer without a token is answered with 500.',
    checks: ['AU-04', 'ER-07'],
    around: changeResponse(
      ({ request }) => /^bearer *$/i.test(request.headers.get('authorization') ?? ''),
      () => errorResponse(500, 'Internal server error.'),
    ),
  },
  {
    name: 'basic-accepted',
    summary: 'Any Basic credentials are served.',
    checks: ['AU-05'],
    around: changeCredentials((given, _, { token }) => (/^basic /i.test(given) ? `Bearer ${token}` : undefined)),
  },
  {
    name: 'scheme-case-sensitive',
    summary: 'The scheme bearer in lower case is answered with 401.',
    checks: ['AU-06'],
    around: changeCredentials((given) => (given.startsWith('bearer') ? '' : undefined)),
  },
  {
    name: 'token-in-query',
    summary: 'A token in the query string is served.',
    checks: ['AU-07'],
    around: changeCredentials((given, request, { token }) =>
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
    summary: 'An invalid body without a token gets the error of the body, not a 401.',
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
    around: changeJson(hasStatus(401), (_, { request }) => ({
      detail: { msg: `No token ${request.headers.get('authorization')?.split(' ').at(-1)} found.` },
    })),
  },
  {
    name: 'token-in-header',
    summary: 'A header of every response repeats the Authorization header.',
    checks: ['AU-09'],
    around: changeHeaders(
      ({ request }) => request.headers.has('authorization'),
      ({ request }) => ({ 'x-debug-authorization': request.headers.get('authorization') ?? undefined }),
    ),
  },
  {
    name: 'upload-before-401',
    summary: '100 Continue is sent before a 401.',
    checks: ['AU-10'],
    around: () => async (request, next) =>
      next(request.body ? replace(request, { body: Buffer.from(await request.arrayBuffer()) }) : request),
  },
  {
    name: 'two-tokens-first-counts',
    summary: 'A request with two Authorization headers is served if the first one is valid.',
    checks: ['AU-11'],
    around: changeCredentials((given) => (given.includes(',') ? given.split(',', 1)[0] : undefined)),
  },
]
