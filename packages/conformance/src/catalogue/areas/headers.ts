import type { Check } from '../../check.ts'
import { headerOf, type Exchange } from '../../exchange.ts'
import { judgeAll, judgeEach, isAddressed, isWellFramed, matchesStatus, judgeStatus } from '../judgements.ts'
import { bareRequest, upload, formWithoutAudio } from '../requests.ts'
import { defineChecks, planNothing } from '../define-checks.ts'

const origin = 'https://conformance.example'

/** What a browser asks before it lets a page upload with a token. */
const preflight = () =>
  bareRequest({
    method: 'OPTIONS',
    headers: {
      authorization: null,
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    },
  })

/** Refused requests of a page: their answers must be readable as well. */
const fromPage = () => [
  formWithoutAudio({ headers: { origin } }),
  formWithoutAudio({ headers: { origin, authorization: null } }),
]

const allows = (header: string | undefined, name: string) =>
  header !== undefined &&
  header
    .toLowerCase()
    .split(/\s*,\s*/)
    .includes(name.toLowerCase())

const allowsOrigin = ({ response }: Exchange) =>
  ['*', origin].includes(headerOf(response, 'access-control-allow-origin') ?? '')

/** Who says nothing about codings may get any (RFC 9110, section 12.5.3): one that few clients have makes no message malformed. */
const isUnasked = (fault: string): boolean => fault.startsWith('a content coding')

/** Addresses of private networks (RFC 1918), and names that no public resolver knows. */
const internalHost =
  /\b(10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(1[6-9]|2\d|3[01])\.\d+\.\d+|[\w-]+\.(internal|local|lan|svc))\b/i

/** Cookies of load balancers and content delivery networks, which a gateway can do nothing about. */
const edgeCookie = /^(__cf|_cfuvid|AWSALB|GCLB|ARRAffinity|incap_|visid_)/i

export const headersChecks: Check[] = defineChecks('headers', [
  {
    id: 'HD-01',
    title: 'A transcript is not kept by caches',
    level: 'SHOULD',
    source: 'RFC 9111, sections 3.5 and 5.2.2',
    remediation: 'Send Cache-Control: no-store, or nothing about caching at all.',
    plan: ({ clips }) => [upload(clips.short)],
    judge: judgeAll(
      judgeEach('fail', ({ response }) => {
        const control = headerOf(response, 'cache-control') ?? ''
        return /\bpublic\b|\b(s-maxage|max-age)=0*[1-9]/i.test(control) && 'Cache-Control lets it be kept'
      }),
      judgeEach('warn', ({ response }) => {
        const isKept = !/no-store/i.test(headerOf(response, 'cache-control') ?? '')
        const validator = ['etag', 'last-modified'].find((name) => headerOf(response, name) !== undefined)
        return (
          matchesStatus(response?.status ?? 0, [200]) &&
          isKept &&
          validator !== undefined &&
          `it has a validator: ${validator}`
        )
      }),
    ),
  },
  {
    id: 'HD-02',
    title: 'Every answer is one well-formed message of HTTP',
    level: 'MUST',
    source: 'RFC 9112, sections 6 and 7; RFC 9110, sections 5.3 and 8.3',
    remediation: 'Let the HTTP server frame the answer: one Content-Length or chunks, and one Content-Type.',
    plan: planNothing,
    judge: judgeAll(
      judgeEach('fail', ({ request, response }) => {
        if (!response || !isWellFramed(request.plan)) return false
        const fault = response.faults.find((one) => !isUnasked(one))
        if (fault !== undefined) return fault
        const types = response.headers.filter(([name]) => name.toLowerCase() === 'content-type')
        return types.length > 1 && 'several Content-Type headers'
      }),
      judgeEach('warn', ({ response }) => response?.faults.find(isUnasked)),
    ),
  },
  {
    id: 'HD-03',
    title: 'Browsers are told not to guess the media type, and to stay with https',
    level: 'MAY',
    source: 'OWASP Secure Headers Project',
    remediation: 'Send X-Content-Type-Options: nosniff, and Strict-Transport-Security over https.',
    plan: ({ clips }) => [upload(clips.short)],
    judge: judgeEach('info', ({ request, response }) => {
      const wanted = [
        'x-content-type-options',
        ...(request.url.startsWith('https:') ? ['strict-transport-security'] : []),
      ]
      const missing = wanted.filter((name) => headerOf(response, name) === undefined)
      return response !== undefined && missing.length > 0 && `no ${missing.join(', ')}`
    }),
  },
  {
    id: 'HD-04',
    title: 'A page of another origin may call with a token',
    level: 'MAY',
    profiles: ['browser'],
    source: 'Fetch standard, CORS-preflight fetch',
    remediation: 'Answer preflights with 204 and allow the origin, POST, and the header Authorization by name.',
    plan: () => [preflight()],
    judge: judgeAll(
      judgeStatus({ pass: ['2xx'], warn: ['4xx'] }),
      judgeEach('warn', (exchange, { operation }) => {
        const { response } = exchange
        if (!response) return false
        if (!allowsOrigin(exchange)) return 'Access-Control-Allow-Origin does not allow the origin'
        const methods = headerOf(response, 'access-control-allow-methods')
        if (methods !== undefined && !allows(methods, operation.method) && !allows(methods, '*'))
          return `Access-Control-Allow-Methods lacks ${operation.method}`
        const isAllowed = allows(headerOf(response, 'access-control-allow-headers'), 'authorization')
        return !isAllowed && 'Access-Control-Allow-Headers lacks Authorization'
      }),
    ),
  },
  {
    id: 'HD-05',
    title: 'No page may call with the cookies of whoever visits it',
    level: 'SHOULD',
    critical: true,
    source: 'Fetch standard, CORS protocol and credentials',
    remediation: 'Leave Access-Control-Allow-Credentials out: tokens travel in Authorization.',
    plan: () => [preflight(), ...fromPage()],
    judge: judgeAll(
      judgeEach('fail', (exchange) => {
        const isCredentialed = headerOf(exchange.response, 'access-control-allow-credentials') === 'true'
        return isCredentialed && allowsOrigin(exchange) && 'any origin is allowed with credentials'
      }),
      judgeEach('warn', ({ response }) => {
        const isMirrored = headerOf(response, 'access-control-allow-origin') === origin
        return (
          isMirrored &&
          !/\*|origin/i.test(headerOf(response, 'vary') ?? '') &&
          'the origin is repeated without Vary: Origin'
        )
      }),
    ),
  },
  {
    id: 'HD-06',
    title: 'A page can read refusals as well',
    level: 'SHOULD',
    profiles: ['browser'],
    source: 'Fetch standard, CORS check',
    remediation: 'Add the CORS headers to every answer, errors included; without them a page sees a network error.',
    plan: fromPage,
    judge: judgeEach(
      'warn',
      (exchange) =>
        exchange.response !== undefined &&
        !allowsOrigin(exchange) &&
        `${exchange.response.status} without Access-Control-Allow-Origin`,
    ),
  },
  {
    id: 'HD-07',
    title: 'Who is busy says when to come back',
    level: 'MAY',
    source: 'RFC 9110, section 10.2.3; RFC 6585, section 4',
    remediation: 'Send Retry-After with every 429 and 503, in seconds or as a date.',
    plan: planNothing,
    judge: judgeEach('warn', ({ response }) => {
      if (!matchesStatus(response?.status ?? 0, [429, 503])) return false
      const after = headerOf(response, 'retry-after')
      if (after === undefined) return `${response!.status} without Retry-After`
      const isSane = /^\d{1,5}$/.test(after) || (/^\w{3}, /.test(after) && !Number.isNaN(Date.parse(after)))
      return !isSane && `${response!.status} whose Retry-After is neither seconds nor a date`
    }),
  },
  {
    id: 'HD-08',
    title: 'No answer sets a cookie or names a host of the inner network',
    level: 'MAY',
    source: 'CWE-200',
    remediation: 'Take Set-Cookie and the headers of inner proxies off at the edge.',
    plan: planNothing,
    judge: (exchanges, context) => {
      const own = exchanges.filter((exchange) => isAddressed(exchange, context))
      return [
        ...judgeEach('warn', ({ response }) => {
          const cookie = headerOf(response, 'set-cookie')
          return cookie !== undefined && !edgeCookie.test(cookie) && 'a cookie is set'
        })(own, context),
        ...judgeEach('warn', ({ response }) => {
          const [name] =
            response?.headers.find(([key, value]) => /^(via|x-.*|server)$/i.test(key) && internalHost.test(value)) ?? []
          return name !== undefined && `${name} names a host of the inner network`
        })(own, context),
      ]
    },
  },
])
