import type { Check, Context } from '../../check.ts'
import { findScheme, toCredentials, type SecurityScheme } from '../../description/credentials.ts'
import { headerOf, type Exchange, type ReceivedResponse } from '../../exchange.ts'
import type { Credentials, RequestPlan } from '../../request-plan.ts'
import { defineChecks, planNothing, type CheckRow } from '../define-checks.ts'
import {
  judgeAll,
  judgeAspect,
  judgeEachResponse,
  findBadStatuses,
  judgeStatus,
  judgeTranscribed,
  matchesStatus,
  type Judge,
} from '../judgements.ts'
import { fieldParts, filePart, formWithoutAudio, refusedForm, refusedUpload, upload } from '../requests.ts'

/** Invalid credentials, without a random part: requests are the same in every run. */
const wrong = 'Bearer conformance-no-such-token'

/** Passes for 401; a key that is no token may also get 403 if that is documented. */
const judgeUnauthorized: Judge = (exchanges, context) =>
  findBadStatuses(exchanges, { pass: context.sample && '403' in context.operation.responses ? [401, 403] : [401] })

/** Credentials of nobody, without a random part: requests are the same in every run. */
const unknown = 'conformance-no-such-token'

/** Returns the credentials that the operation requires first, with other values. */
function replaceCredentials(
  { contract, operation }: Pick<Context, 'contract' | 'operation'>,
  valueOf: (scheme: SecurityScheme) => string,
): Credentials {
  const schemes = (operation.security[0] ?? []).map((name) => findScheme(contract.description, name))
  return toCredentials(schemes, valueOf)
}

/** Skips a check for a gateway that requires no token. */
const requireAuthentication = (row: CheckRow): CheckRow => ({
  ...row,
  plan: (context) => (context.authentication === 'none' ? [] : row.plan(context)),
  judge: (exchanges, context) =>
    context.authentication === 'none'
      ? [{ severity: 'skip', message: 'this gateway requires no token' }]
      : row.judge(exchanges, context),
})

/** Plans the upload of the short clip, with each of these Authorization headers. */
const planWith =
  (...authorization: (string | null)[]) =>
  ({ clips }: Context): RequestPlan[] =>
    authorization.map((one) => refusedUpload(clips.short, {}, { headers: { authorization: one } }))

/** Returns the credentials of a request that are long enough to be told from ordinary words. */
function credentialsOf({ request }: Exchange): string[] {
  const sent = headerOf(request, 'authorization')?.split(/[\s,]+/) ?? []
  return ['{token}', ...sent.filter((word) => word.length >= 8)]
}

/** Finds the credentials of a request in its response. */
function findRepeated(
  exchange: Exchange,
  { headers, body }: Pick<ReceivedResponse, 'headers' | 'body'>,
): string | undefined {
  const credentials = credentialsOf(exchange)
  const isRepeated = (text: string) => credentials.some((secret) => text.includes(secret))
  const header = headers.find(([, value]) => isRepeated(value))?.[0]
  if (header !== undefined) return `saw the credentials in the header ${header}, expected no trace of them`
  return isRepeated(body.toString('latin1')) ? 'saw the credentials in the body, expected no trace of them' : undefined
}

/** Leaves out the credentials of the query where a response repeats the query. */
function withoutTarget(
  { headers, body }: ReceivedResponse,
  { request }: Exchange,
): Pick<ReceivedResponse, 'headers' | 'body'> {
  const pairs = (request.target.split('?')[1] ?? '').split('&').filter((pair) => pair.includes('={secret.'))
  const echo = pairs.map((pair) => pair.replace(/=.*/, '={token}'))
  if (echo.length === 0) return { headers, body }
  const cut = (text: string) => echo.reduce((left, one) => left.replaceAll(one, ''), text)
  return {
    headers: headers.map(([name, value]) => [name, cut(value)]),
    body: Buffer.from(cut(body.toString('latin1')), 'latin1'),
  }
}

const rows: CheckRow[] = [
  {
    id: 'AU-01',
    title: 'A request without credentials gets 401',
    harm: 'security',
    for: 'secured',
    profiles: ['smoke'],
    source: 'OpenAPI description, security',
    remediation: 'Require credentials before any other work. --open is for a server that requires none.',
    plan: ({ refused }) => [refused({ credentials: null })],
    judge: judgeUnauthorized,
  },
  {
    id: 'AU-02',
    title: 'A request with unknown credentials gets 401',
    harm: 'security',
    for: 'secured',
    profiles: ['smoke'],
    needs: ['behavior'],
    source: 'OpenAPI description, responses: 401; RFC 6750, section 3.1',
    remediation: 'Compare the credentials with those that were issued, and answer 401 rather than 403 for any others.',
    plan: (context) => [
      context.refused({ credentials: replaceCredentials(context, () => unknown) }),
      // A comparison by prefix accepts one of these tokens.
      ...(context.sample ? [] : planWith('Bearer {token-cut}', 'Bearer {token}{token}')(context)),
    ],
    judge: judgeUnauthorized,
  },
  {
    id: 'AU-03',
    title: 'Every 401 names the required scheme',
    harm: 'security',
    for: 'any',
    profiles: ['smoke'],
    source: 'RFC 9110, section 15.5.2; RFC 6750, section 3',
    remediation: 'Send WWW-Authenticate with every 401, for example WWW-Authenticate: Bearer.',
    plan: planNothing,
    judge: judgeAspect(
      'headers',
      judgeEachResponse('fail', (response, { contract, operation }) => {
        if (response.status !== 401 || operation.security.length === 0) return false
        const challenge = headerOf(response, 'www-authenticate')
        const definitions = contract.description.components?.['securitySchemes'] ?? {}
        const schemes = operation.security
          .flat()
          .map((name) => (definitions[name] as { scheme?: string })?.scheme ?? '')
        const expected = schemes.filter(Boolean).join(' or ')
        // No challenge is registered for API keys.
        if (expected === '') return false
        if (challenge === undefined) return `saw 401 without WWW-Authenticate, expected ${expected}`
        const offered = challenge.toLowerCase().split(/[\s,]+/)
        const isOffered = schemes.some((scheme) => scheme !== '' && offered.includes(scheme.toLowerCase()))
        return !isOffered && `saw 401 with WWW-Authenticate for another scheme, expected ${expected}`
      }),
    ),
  },
  {
    id: 'AU-04',
    title: 'A scheme without a token gets 401',
    harm: 'security',
    source: 'OpenAPI description, security; RFC 6750, section 2.1',
    remediation: 'Treat an empty token like a missing token.',
    plan: planWith('Bearer', 'Bearer   '),
    judge: judgeStatus({ pass: [401, 400] }),
  },
  {
    id: 'AU-05',
    title: 'Credentials of another scheme get 401',
    harm: 'security',
    source: 'OpenAPI description, securitySchemes',
    remediation: 'Check the scheme before the credentials, and answer 401 for an unsupported scheme.',
    plan: planWith(`Basic ${Buffer.from('nobody:conformance').toString('base64')}`),
    judge: judgeUnauthorized,
  },
  {
    id: 'AU-06',
    title: 'The scheme is accepted in lower case',
    harm: 'client-breaks',
    needs: ['token'],
    source: 'RFC 9110, section 11.1',
    remediation: 'Compare the scheme of Authorization without regard to case.',
    plan: ({ clips }) => [upload(clips.short, {}, { headers: { authorization: 'bearer {token}' } })],
    judge: judgeTranscribed,
  },
  {
    id: 'AU-07',
    title: 'The token is accepted in the Authorization header only',
    harm: 'quality',
    needs: ['token'],
    source: 'RFC 6750, section 2.3; OpenAPI description, securitySchemes',
    remediation: 'Ignore tokens in the query and in the form: they end up in logs and histories.',
    plan: ({ clips, operation }) => [
      refusedUpload(
        clips.short,
        {},
        { headers: { authorization: null }, target: `${operation.path}?access_token={token}` },
      ),
      // Chunked, so that no Content-Length reveals the length of the token.
      refusedForm(
        [filePart(clips.short), ...fieldParts({ access_token: '{token}' })],
        {},
        { headers: { authorization: null }, delivery: { chunks: [4096] } },
      ),
    ],
    judge: judgeStatus({ pass: [401], note: [400, 411, 422], warn: ['2xx'] }),
  },
  {
    id: 'AU-08',
    title: 'The token is checked before the form',
    harm: 'quality',
    source: 'OWASP API Security Top 10 2023, API2',
    remediation: 'Check the token before reading the body: strangers then learn nothing and cost nothing.',
    plan: () => [formWithoutAudio({ headers: { authorization: null } })],
    judge: judgeStatus({ pass: [401], warn: ['4xx'] }),
  },
  {
    id: 'AU-09',
    title: 'No response repeats the credentials of its request',
    harm: 'security',
    for: 'any',
    source: 'RFC 6750, section 5.3; CWE-209',
    remediation: 'Leave tokens out of messages and headers: responses are logged, displayed and stored.',
    plan: planNothing,
    judge: judgeAll(
      judgeEachResponse('fail', (response, _, exchange) => findRepeated(exchange, withoutTarget(response, exchange))),
      judgeEachResponse(
        'warn',
        (response, _, exchange) =>
          findRepeated(exchange, withoutTarget(response, exchange)) === undefined &&
          findRepeated(exchange, response) !== undefined &&
          'saw the query of the request with its credentials, expected its path alone',
      ),
    ),
  },
  {
    id: 'AU-10',
    title: 'A client that sends Expect: 100-continue gets 401 before it uploads',
    harm: 'quality',
    source: 'RFC 9110, section 10.1.1',
    remediation: 'Check the token before sending 100 Continue.',
    plan: ({ clips }) => [
      refusedUpload(
        clips.short,
        {},
        { headers: { authorization: null, expect: '100-continue' }, delivery: { expectMs: 5000 } },
      ),
    ],
    judge: judgeAll(
      judgeUnauthorized,
      judgeAspect(
        'status',
        judgeEachResponse(
          'warn',
          ({ status, interim }) =>
            matchesStatus(status, ['4xx']) &&
            interim.includes(100) &&
            `saw 100 before ${status}, expected ${status} alone`,
        ),
      ),
    ),
  },
  {
    id: 'AU-11',
    title: 'A request with two different tokens is rejected',
    harm: 'security',
    needs: ['token'],
    source: 'RFC 9110, section 5.3',
    remediation:
      'Reject several Authorization headers: a proxy in front of the gateway may have checked the other one.',
    plan: ({ clips }) => [refusedUpload(clips.short, {}, { headers: { authorization: ['Bearer {token}', wrong] } })],
    judge: judgeStatus({ pass: [401, 400], warn: ['2xx', '4xx'] }),
  },
]

const guardedRows: CheckRow[] = [
  {
    id: 'AU-12',
    title: 'Almost the right credentials get 401',
    harm: 'security',
    for: 'guarded',
    needs: ['behavior'],
    source: 'OpenAPI description, securitySchemes; CWE-1023',
    remediation: 'Compare the whole of the credentials, not their beginning.',
    plan: ({ refused, ...context }) => {
      const usual = context.credentialsOf(context.operation)
      if (usual.headers.length + usual.query.length === 0) return []
      return ['{$1}x', '{$1-cut}'].map((almost) => {
        const change = (text: string) => text.replace(/\{(token|secret\.[^}]+)\}/, almost)
        const headers = usual.headers.map(([name, value]) => [name, change(value)] as const)
        return refused({ credentials: { headers, query: usual.query.map(change) } })
      })
    },
    judge: judgeUnauthorized,
  },
  {
    id: 'AU-13',
    title: 'Credentials in another place or scheme get 401',
    harm: 'security',
    for: 'guarded',
    needs: ['behavior'],
    source: 'OpenAPI description, securitySchemes',
    remediation: 'Look for credentials only where the description puts them.',
    plan: ({ refused, ...context }) => {
      const [scheme] = (context.operation.security[0] ?? []).map((name) =>
        findScheme(context.contract.description, name),
      )
      const { headers, query } = context.credentialsOf(context.operation)
      const value = headers[0]?.[1].replace(/^\S+ /, '') ?? query[0]?.replace(/^[^=]*=/, '')
      if (!scheme || value === undefined) return []
      const other = scheme.kind === 'bearer' ? `Basic ${value}` : `Bearer ${value}`
      const names = context.operation.security.flat()
      const kinds = new Set(names.map((name) => findScheme(context.contract.description, name).kind))
      const isUsed = kinds.has(scheme.kind === 'bearer' ? 'basic' : 'bearer')
      const isQueryUsed = kinds.has('query')
      const inQuery =
        scheme.kind === 'bearer' ? 'access_token' : scheme.kind === 'header' ? scheme.parameter : undefined
      return [
        ...(isUsed ? [] : [refused({ credentials: { headers: [['Authorization', other] as const], query: [] } })]),
        ...(inQuery === undefined || isQueryUsed
          ? []
          : [refused({ credentials: { headers: [], query: [`${encodeURIComponent(inQuery)}=${value}`] } })]),
      ]
    },
    // Some read a malformed request first, which RFC 6750 (section 3.1) allows.
    judge: (exchanges, context) =>
      judgeUnauthorized(exchanges, context).flatMap((finding) => {
        if (finding.exchange?.response?.status !== 400) return [finding]
        const challenge = headerOf(finding.exchange.response, 'www-authenticate') ?? ''
        return challenge.includes('invalid_request') ? [] : [{ ...finding, severity: 'warn' }]
      }),
  },
  {
    id: 'AU-14',
    title: 'The scheme of valid credentials is accepted in lower case',
    harm: 'quality',
    for: 'guarded',
    source: 'RFC 9110, section 11.1',
    remediation: 'Compare the scheme of Authorization without regard to case.',
    plan: ({ valid, ...context }) => {
      const { headers, query } = context.credentialsOf(context.operation)
      const lower = headers.map(([name, value]) => [name, value.replace(/^(Bearer|Basic) /, lowerCase)] as const)
      const isSame = lower.every(([, value], index) => value === headers[index]?.[1])
      return context.operation.method !== 'GET' || isSame ? [] : [valid({ credentials: { headers: lower, query } })]
    },
    judge: judgeStatus({ pass: ['2xx', '3xx'], note: [403, 404], warn: [400, 401] }),
  },
]

const bodyRow: CheckRow = {
  id: 'AU-15',
  title: 'Credentials are checked before the body',
  harm: 'security',
  for: 'guarded',
  source: 'OWASP API Security Top 10 2023, API2',
  remediation: 'Check credentials before reading the body: strangers then learn nothing and cost nothing.',
  plan: ({ invalid, operation }) => (operation.requestBody ? [invalid({ credentials: null })] : []),
  judge: judgeStatus({ pass: [401, 403], warn: ['4xx'] }),
}

const lowerCase = (text: string): string => text.toLowerCase()

/** Checks of the token. Those without requests of their own apply to open gateways as well. */
export const authChecks: Check[] = defineChecks(
  'auth',
  [...rows, ...guardedRows, bodyRow].map((row) => (row.plan === planNothing ? row : requireAuthentication(row))),
)
