import type { Check } from '../../check.ts'
import { defineChecks } from '../define-checks.ts'
import {
  exchangeAt,
  findBadStatuses,
  isExpectedStatus,
  judgeStatus,
  parseJson,
  reportNoResponse,
  type Judge,
} from '../judgements.ts'
import { bareRequest } from '../requests.ts'

/** Plans a request without a token and a body, which costs nothing. */
const planProbe = (target?: string) => bareRequest({ headers: { authorization: null }, target })

/** Compares the response to a variant of a request with the response to the request itself. */
const judgeLikeFirst: Judge = (exchanges) => {
  const status = exchangeAt(exchanges, 0).response?.status
  const variant = exchangeAt(exchanges, 1)
  if (variant.response?.status === status) return []
  return findBadStatuses([variant], { pass: [status ?? 'any status'], warn: ['2xx', '3xx', '4xx'] })
}

export const routingChecks: Check[] = defineChecks('routing', [
  {
    id: 'RT-01',
    title: 'The operation is at its path',
    harm: 'client-breaks',
    profiles: ['smoke'],
    source: 'OpenAPI description, paths',
    remediation: 'Serve the operation at the documented path; if it is there, check the base URL of the suite.',
    plan: () => [planProbe()],
    judge: (exchanges, context) => {
      const exchange = exchangeAt(exchanges, 0)
      const { response } = exchange
      if (!response) return [reportNoResponse(exchange)]
      const isServed = isExpectedStatus(response.status, context) && response.status !== 405
      return isServed ? [] : findBadStatuses([exchange], { pass: ['a documented status'], warn: [429, 502, 503, 504] })
    },
  },
  {
    id: 'RT-02',
    title: 'A trailing slash is served, rejected or redirected with the same method',
    harm: 'none',
    source: 'RFC 9110, section 15.4',
    remediation: 'Redirect with 307 or 308 if at all: clients turn a POST into a GET after 301 and 302.',
    plan: ({ operation }) => [planProbe(), planProbe(`${operation.path}/`)],
    judge: (exchanges) =>
      findBadStatuses([exchangeAt(exchanges, 1)], {
        pass: [exchangeAt(exchanges, 0).response?.status ?? 404, 404, 307, 308],
        note: ['4xx'],
        warn: ['2xx', '3xx'],
      }),
  },
  {
    id: 'RT-03',
    title: 'An undocumented query parameter changes nothing',
    harm: 'quality',
    source: 'OpenAPI description, parameters',
    remediation: 'Ignore query parameters that the operation does not have.',
    plan: ({ operation }) => [planProbe(), planProbe(`${operation.path}?x=1`)],
    judge: judgeLikeFirst,
  },
  {
    id: 'RT-04',
    title: 'Undocumented paths are not served',
    harm: 'quality',
    source: 'RFC 3986, section 6.2.2.1',
    remediation: 'Answer 404 for every unknown path; paths are case-sensitive.',
    plan: ({ operation: { path } }) =>
      [path.toUpperCase(), `${path}%00`, `${path}-that-is-not-there`].map((target) => bareRequest({ target })),
    judge: judgeStatus({ pass: [404, 400, 401, 403, 410], warn: ['3xx', '4xx'] }),
  },
  {
    id: 'RT-06',
    title: 'A path that the description does not have is not there',
    harm: 'client-breaks',
    for: 'other',
    source: 'RFC 9110, section 15.5.5',
    remediation: 'Answer 404 for every unknown path.',
    plan: () => [bareRequest({ method: 'GET', target: '/conformance-no-such-path', credentials: null })],
    judge: judgeStatus({ pass: [404, 401, 403, 410], warn: ['3xx', '4xx'] }),
  },
  {
    id: 'RT-07',
    title: 'A slash at the end of a path causes no server error',
    harm: 'client-breaks',
    for: 'safe',
    source: 'RFC 9110, section 15.6',
    remediation: 'Answer 404, redirect to the path without the slash, or treat both alike.',
    plan: ({ refused }) => [refused({ target: `${refused().target?.split('?', 1).join('')}/` })],
    judge: judgeStatus({ pass: ['2xx', '3xx', '4xx'] }),
  },
  {
    id: 'RT-05',
    title: 'The gateway publishes its own description or rejects the request for it',
    harm: 'none',
    profiles: ['drift'],
    source: 'convention of FastAPI',
    remediation: 'Serve the OpenAPI description at /openapi.json, so that drift shows in the declaration as well.',
    plan: () => [bareRequest({ method: 'GET', target: '/openapi.json' })],
    judge: (exchanges) => {
      const exchange = exchangeAt(exchanges, 0)
      const findings = findBadStatuses([exchange], { pass: [200], note: ['3xx', '4xx'] })
      const isDescription = typeof (parseJson(exchange) as { openapi?: unknown } | undefined)?.openapi === 'string'
      if (findings.length || isDescription) return findings
      return [{ severity: 'info', message: 'saw something else, expected an OpenAPI description', exchange }]
    },
  },
])
