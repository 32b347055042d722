import type { Check } from '../../check.ts'
import { headerOf, type Exchange, type ReceivedResponse } from '../../exchange.ts'
import { defineChecks, planNothing, type CheckRow } from '../define-checks.ts'
import {
  isAddressed,
  isWellFramed,
  judgeAll,
  judgeAspect,
  judgeEachResponse,
  judgeStatus,
  matchesStatus,
  type Judge,
} from '../judgements.ts'
import { bareRequest, foreignOrigin, formWithoutAudio, planPreflight, upload } from '../requests.ts'

const origin = foreignOrigin

/** Plans the preflight of a browser for an upload with a token. */
const planUpload = () =>
  bareRequest({
    method: 'OPTIONS',
    headers: {
      authorization: null,
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    },
  })

/** Plans invalid requests of a web page, which must be able to read the errors. */
const planFromPage = () => [
  formWithoutAudio({ headers: { origin } }),
  formWithoutAudio({ headers: { origin, authorization: null } }),
]

const allows = (header: string | undefined, name: string) =>
  header !== undefined &&
  header
    .toLowerCase()
    .split(/\s*,\s*/)
    .includes(name.toLowerCase())

const allowsOrigin = (response: ReceivedResponse) =>
  ['*', origin].includes(headerOf(response, 'access-control-allow-origin') ?? '')

/** Fails a response that pages of any origin may read with the cookies of their visitors. */
const judgeOpenCredentials: Judge = judgeEachResponse('fail', (response) => {
  const isCredentialed = headerOf(response, 'access-control-allow-credentials') === 'true'
  return isCredentialed && allowsOrigin(response) && 'saw any origin allowed with credentials'
})

/** Without Accept-Encoding any content coding is valid, even an unknown one (RFC 9110, 12.5.3). */
const isAboutCoding = (fault: string): boolean => fault.startsWith('a content coding')

/** Addresses of private networks (RFC 1918), and names that no public resolver knows. */
const internalHost =
  /\b(10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(1[6-9]|2\d|3[01])\.\d+\.\d+|[\w-]+\.(internal|local|lan|svc))\b/i

/** Cookies of load balancers and content delivery networks, which the gateway does not control. */
const edgeCookie = /^(__cf|_cfuvid|AWSALB|GCLB|ARRAffinity|incap_|visid_)/i

const rows: CheckRow[] = [
  {
    id: 'HD-01',
    title: 'A transcript is not cacheable',
    harm: 'quality',
    source: 'RFC 9111, sections 3.5 and 5.2.2',
    remediation: 'Send Cache-Control: no-store, or no header about caching at all.',
    plan: ({ clips }) => [upload(clips.short)],
    judge: judgeAll(
      judgeEachResponse('fail', (response) => {
        const control = headerOf(response, 'cache-control') ?? ''
        const isCacheable = /\bpublic\b|\b(s-maxage|max-age)=0*[1-9]/i.test(control)
        return isCacheable && 'saw a Cache-Control that allows caching, expected no-store'
      }),
      judgeEachResponse('warn', (response) => {
        const isStorable = !/no-store/i.test(headerOf(response, 'cache-control') ?? '')
        const validator = ['etag', 'last-modified'].find((name) => headerOf(response, name) !== undefined)
        return (
          response.status === 200 &&
          isStorable &&
          validator !== undefined &&
          `saw the validator ${validator}, expected none or no-store`
        )
      }),
    ),
  },
  {
    id: 'HD-02',
    title: 'Every response is one well-formed HTTP message',
    harm: 'client-breaks',
    for: 'any',
    source: 'RFC 9112, sections 6 and 7; RFC 9110, sections 5.3 and 8.3',
    remediation: 'Let the HTTP server frame the response: one Content-Length or chunks, and one Content-Type.',
    plan: planNothing,
    judge: judgeAll(
      judgeEachResponse('fail', (response, _, { request }) => {
        if (!isWellFramed(request.plan)) return false
        const fault = response.faults.find((one) => !isAboutCoding(one))
        if (fault !== undefined) return `saw ${fault}`
        const types = response.headers.filter(([name]) => name.toLowerCase() === 'content-type')
        return types.length > 1 && 'saw several Content-Type headers, expected one'
      }),
      judgeEachResponse('warn', (response) => {
        const fault = response.faults.find(isAboutCoding)
        return fault !== undefined && `saw ${fault}`
      }),
    ),
  },
  {
    id: 'HD-03',
    title: 'Responses forbid browsers to guess the media type or to leave https',
    harm: 'none',
    source: 'OWASP Secure Headers Project',
    remediation: 'Send X-Content-Type-Options: nosniff, and Strict-Transport-Security over https.',
    plan: ({ clips }) => [upload(clips.short)],
    judge: judgeEachResponse('info', (response, _, { request }) => {
      const isSecure = request.url.startsWith('https:')
      const wanted = ['x-content-type-options', ...(isSecure ? ['strict-transport-security'] : [])]
      const missing = wanted.filter((name) => headerOf(response, name) === undefined)
      return missing.length > 0 && `saw no ${missing.join(', ')}`
    }),
  },
  {
    id: 'HD-04',
    title: 'A page of another origin may call with a token',
    harm: 'none',
    profiles: ['browser'],
    source: 'Fetch standard, CORS-preflight fetch',
    remediation: 'Answer preflights with 204, and allow the origin, POST and the header Authorization by name.',
    plan: () => [planUpload()],
    judge: judgeAll(
      judgeStatus({ pass: ['2xx'], warn: ['4xx'] }),
      judgeEachResponse('warn', (response, { operation }) => {
        if (!allowsOrigin(response)) return `saw no Access-Control-Allow-Origin for the page, expected * or the origin`
        const methods = headerOf(response, 'access-control-allow-methods')
        if (methods !== undefined && !allows(methods, operation.method) && !allows(methods, '*'))
          return `saw Access-Control-Allow-Methods without ${operation.method}`
        const isAllowed = allows(headerOf(response, 'access-control-allow-headers'), 'authorization')
        return !isAllowed && 'saw no Authorization in Access-Control-Allow-Headers'
      }),
    ),
  },
  {
    id: 'HD-05',
    title: 'No page may call with the cookies of its visitor',
    harm: 'security',
    source: 'Fetch standard, CORS protocol and credentials',
    remediation: 'Omit Access-Control-Allow-Credentials: tokens travel in Authorization.',
    plan: () => [planUpload(), ...planFromPage()],
    judge: judgeAll(
      judgeOpenCredentials,
      judgeEachResponse('warn', (response) => {
        const isMirrored = headerOf(response, 'access-control-allow-origin') === origin
        const isVaried = /\*|origin/i.test(headerOf(response, 'vary') ?? '')
        return isMirrored && !isVaried && 'saw the origin repeated without Vary: Origin'
      }),
    ),
  },
  {
    id: 'HD-09',
    title: 'No page of any origin may call with credentials',
    harm: 'security',
    for: 'other',
    source: 'Fetch standard, CORS protocol and credentials',
    remediation: 'Send Access-Control-Allow-Credentials only to origins that you list.',
    plan: ({ valid, operation }) => [
      planPreflight(operation),
      ...(operation.method === 'GET' ? [valid({ headers: { origin } })] : []),
    ],
    judge: judgeOpenCredentials,
  },
  {
    id: 'HD-06',
    title: 'A page can read errors',
    harm: 'quality',
    profiles: ['browser'],
    source: 'Fetch standard, CORS check',
    remediation: 'Add the CORS headers to every response, including errors; a page sees a network error otherwise.',
    plan: planFromPage,
    judge: judgeEachResponse(
      'warn',
      (response) =>
        !allowsOrigin(response) &&
        `saw ${response.status} without Access-Control-Allow-Origin, expected * or the origin`,
    ),
  },
  {
    id: 'HD-07',
    title: 'A busy server says when to retry',
    harm: 'none',
    for: 'any',
    source: 'RFC 9110, section 10.2.3; RFC 6585, section 4',
    remediation: 'Send Retry-After with every 429 and 503, in seconds or as a date.',
    plan: planNothing,
    judge: judgeEachResponse('warn', (response) => {
      if (!matchesStatus(response.status, [429, 503])) return false
      const after = headerOf(response, 'retry-after')
      if (after === undefined) return `saw ${response.status} without Retry-After`
      const isValid = /^\d{1,5}$/.test(after) || (/^\w{3}, /.test(after) && !Number.isNaN(Date.parse(after)))
      return !isValid && `saw ${response.status} with an invalid Retry-After, expected seconds or a date`
    }),
  },
  {
    id: 'HD-08',
    title: 'No response sets a cookie or names an internal host',
    harm: 'none',
    source: 'CWE-200',
    remediation: 'Remove Set-Cookie and the headers of internal proxies at the edge.',
    plan: planNothing,
    judge: (exchanges, context) => {
      const addressed = exchanges.filter((exchange) => isAddressed(exchange, context))
      return [
        ...judgeEachResponse('warn', (response) => {
          const cookie = headerOf(response, 'set-cookie')
          return cookie !== undefined && !edgeCookie.test(cookie) && 'saw Set-Cookie, expected no cookie'
        })(addressed, context),
        ...judgeEachResponse('warn', ({ headers }) => {
          const [name] =
            headers.find(([key, value]) => /^(via|x-.*|server)$/i.test(key) && internalHost.test(value)) ?? []
          return name !== undefined && `saw an internal host in ${name}, expected none`
        })(addressed, context),
      ]
    },
  },
]

/** Complains about a cookie that scripts or other pages can use. */
function findBadCookie({ headers }: ReceivedResponse, _: unknown, { request }: Exchange): string | false {
  const cookies = headers.filter(([name]) => name.toLowerCase() === 'set-cookie').map(([, value]) => value)
  const own = cookies.filter((cookie) => !edgeCookie.test(cookie) && !/csrf|xsrf/i.test(cookie))
  const flags = ['HttpOnly', 'SameSite', ...(request.url.startsWith('https:') ? ['Secure'] : [])]
  const missing = flags.find((flag) => own.some((cookie) => !new RegExp(`;\\s*${flag}`, 'i').test(cookie)))
  return missing !== undefined && `saw a cookie without ${missing}, expected it`
}

const otherRows: CheckRow[] = [
  {
    id: 'HD-10',
    title: 'Cookies are for the server alone, and no header names an internal host',
    harm: 'security',
    for: 'other',
    source: 'RFC 6265bis, section 5.6; CWE-1004; CWE-200',
    remediation:
      'Set cookies with HttpOnly, SameSite and Secure, and remove the headers of internal proxies at the edge.',
    plan: planNothing,
    judge: judgeAll(
      judgeEachResponse('fail', findBadCookie),
      judgeEachResponse('warn', ({ headers }) => {
        const [name] =
          headers.find(([key, value]) => /^(via|x-.*|server)$/i.test(key) && internalHost.test(value)) ?? []
        return name !== undefined && `saw an internal host in ${name}, expected none`
      }),
    ),
  },
  {
    id: 'HD-11',
    title: 'A response to credentials is not stored for others',
    harm: 'security',
    for: 'guarded',
    source: 'RFC 9111, section 3.5',
    remediation: 'Send Cache-Control: private or no-store with what only the owner of the credentials may see.',
    plan: planNothing,
    judge: judgeEachResponse('fail', (response, _, { request }) => {
      const control = headerOf(response, 'cache-control') ?? ''
      const isShared = /\bpublic\b|\bs-maxage=0*[1-9]/i.test(control) && !/no-store|private/i.test(control)
      return (
        isShared && response.status < 300 && request.method === 'GET' && 'saw Cache-Control: public, expected private'
      )
    }),
  },
]

export const headersChecks: Check[] = defineChecks(
  'headers',
  [...rows, ...otherRows].map((row) => ({ ...row, judge: judgeAspect('headers', row.judge) })),
)
