import type { Check } from '../../check.ts'
import { findBadStatuses, isExpectedStatus, parseJson, judgeStatus, reportNoAnswer, type Judge } from '../judgements.ts'
import { bareRequest } from '../requests.ts'
import { defineChecks } from '../define-checks.ts'

/** What the gateway says to a caller who sends nothing; it costs nothing. */
const probe = (target?: string) =>
  bareRequest({ headers: { authorization: null }, ...(target !== undefined && { target }) })

/** Compares the answer to a variant of a request with the answer to the request itself. */
const likeTheFirst: Judge = ([first, variant]) =>
  variant!.response?.status === first!.response?.status
    ? []
    : findBadStatuses([variant!], { pass: [first!.response?.status ?? 'any status'], warn: ['2xx', '3xx', '4xx'] })

export const routingChecks: Check[] = defineChecks('routing', [
  {
    id: 'RT-01',
    title: 'The operation is at its path',
    level: 'MUST',
    profiles: ['smoke'],
    source: 'OpenAPI description, paths',
    remediation:
      'Serve the operation at the path of the description; if it is there, check the base URL that the suite was given.',
    plan: () => [probe()],
    judge: ([exchange], context) => {
      const { response } = exchange!
      if (!response) return [reportNoAnswer(exchange!)]
      const isServed = isExpectedStatus(response.status, context) && response.status !== 405
      return isServed ? [] : findBadStatuses([exchange!], { pass: ['a documented status'], warn: [429, 502, 503, 504] })
    },
  },
  {
    id: 'RT-02',
    title: 'A trailing slash is served, refused or redirected without a change of method',
    level: 'MAY',
    source: 'RFC 9110, section 15.4',
    remediation: 'Redirect with 307 or 308 if at all: clients turn a POST into a GET at 301 and 302.',
    plan: ({ operation }) => [probe(), probe(`${operation.path}/`)],
    judge: ([first, slashed]) =>
      findBadStatuses([slashed!], {
        pass: [first!.response?.status ?? 404, 404, 307, 308],
        note: ['4xx'],
        warn: ['2xx', '3xx'],
      }),
  },
  {
    id: 'RT-03',
    title: 'A query that the description does not know changes nothing',
    level: 'SHOULD',
    source: 'OpenAPI description, parameters',
    remediation: 'Ignore query parameters that the operation does not have.',
    plan: ({ operation }) => [probe(), probe(`${operation.path}?x=1`)],
    judge: likeTheFirst,
  },
  {
    id: 'RT-04',
    title: 'Paths that the description does not have are not served',
    level: 'SHOULD',
    source: 'RFC 3986, section 6.2.2.1',
    remediation: 'Answer 404 for unknown paths, whatever is in them; paths are case-sensitive.',
    plan: ({ operation: { path } }) =>
      [path.toUpperCase(), `${path}%00`, `${path}-that-is-not-there`].map((target) => bareRequest({ target })),
    judge: judgeStatus({ pass: [404, 400, 401, 403, 410], warn: ['3xx', '4xx'] }),
  },
  {
    id: 'RT-05',
    title: 'The gateway publishes its own description, or says that it does not',
    level: 'MAY',
    profiles: ['drift'],
    source: 'convention of FastAPI',
    remediation: 'Serve the OpenAPI description at /openapi.json, so that drift is seen in what is declared as well.',
    plan: () => [bareRequest({ method: 'GET', target: '/openapi.json' })],
    judge: ([exchange]) => {
      const findings = findBadStatuses([exchange!], { pass: [200], note: ['3xx', '4xx'] })
      const isDescription = typeof (parseJson(exchange!) as { openapi?: unknown } | undefined)?.openapi === 'string'
      if (findings.length || isDescription) return findings
      return [{ severity: 'info', message: 'what is at /openapi.json is no OpenAPI description', exchange: exchange! }]
    },
  },
])
