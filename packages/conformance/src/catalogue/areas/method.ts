import type { Check } from '../../check.ts'
import { headerOf } from '../../exchange.ts'
import { judgeAll, judgeEach, judgeStatus } from '../judgements.ts'
import { bareRequest, refusedUpload } from '../requests.ts'
import { defineChecks, planNothing } from '../define-checks.ts'

/** How a method that the operation does not have is refused. */
const refused = { pass: [405, 404, 501], note: [401, 403] }

/** Methods that the operation does not have. */
export const methodChecks: Check[] = defineChecks('method', [
  {
    id: 'ME-01',
    title: 'GET is refused, in words',
    level: 'SHOULD',
    critical: true,
    source: 'RFC 9110, section 15.5.6',
    remediation:
      'Route by method: answer 405 with Allow and an error body for every method that the description does not have.',
    plan: () => [bareRequest({ method: 'GET' })],
    judge: judgeAll(
      judgeStatus(refused),
      judgeEach('fail', ({ response }) => response?.body.length === 0 && 'the body is empty'),
    ),
  },
  {
    id: 'ME-02',
    title: 'PUT, PATCH and DELETE are refused',
    level: 'SHOULD',
    critical: true,
    source: 'OpenAPI description, paths',
    remediation: 'Route by method: a handler that does not look at it transcribes, and bills, whatever the method is.',
    plan: ({ clips }) => [
      refusedUpload(clips.short, {}, { method: 'PUT' }),
      refusedUpload(clips.short, {}, { method: 'PATCH' }),
      bareRequest({ method: 'DELETE' }),
    ],
    judge: judgeStatus({ ...refused, warn: ['4xx'] }),
  },
  {
    id: 'ME-03',
    title: 'Every 405 names the methods that are allowed',
    level: 'MUST',
    source: 'RFC 9110, section 15.5.6',
    remediation: 'Send Allow: POST with every 405.',
    plan: planNothing,
    judge: judgeEach('fail', ({ request, response }, { operation }) => {
      const isHere = (request.plan.target ?? operation.path) === operation.path
      if (!isHere || response?.status !== 405) return false
      const allow = headerOf(response, 'allow')
      if (allow === undefined) return '405 without Allow'
      const isNamed = allow
        .toUpperCase()
        .split(/\s*,\s*/)
        .includes(operation.method)
      return !isNamed && `405 whose Allow lacks ${operation.method}`
    }),
  },
  {
    id: 'ME-04',
    title: 'HEAD is answered without a body',
    level: 'MUST',
    source: 'RFC 9110, section 9.3.2',
    remediation: 'Send the head of the answer alone to a HEAD request; its status is that of GET, which is 405 here.',
    plan: () => [bareRequest({ method: 'HEAD' })],
    judge: judgeAll(
      // Which status it is is no matter of that section.
      judgeStatus({ ...refused, warn: ['2xx', '3xx', '4xx', '5xx'] }),
      judgeEach('fail', ({ response }) => {
        const isBodiless = !response || (response.body.length === 0 && response.faults.length === 0)
        return !isBodiless && 'there is a body'
      }),
    ),
  },
  {
    id: 'ME-05',
    title: 'OPTIONS names the methods that are allowed, or is refused',
    level: 'MAY',
    source: 'RFC 9110, section 9.3.7',
    remediation: 'Send Allow with a successful answer to OPTIONS.',
    plan: () => [bareRequest({ method: 'OPTIONS' })],
    judge: judgeAll(
      judgeStatus({ pass: [200, 204, ...refused.pass], note: ['4xx'] }),
      judgeEach(
        'warn',
        ({ response }) =>
          response !== undefined &&
          response.status < 300 &&
          headerOf(response, 'allow') === undefined &&
          `${response.status} without Allow`,
      ),
    ),
  },
  {
    id: 'ME-06',
    title: 'TRACE and methods that nobody knows are refused',
    level: 'SHOULD',
    source: 'RFC 9110, sections 9.1 and 9.3.8',
    remediation: 'Answer 405 or 501. TRACE repeats the request, credentials that a proxy has added among them.',
    plan: () => [
      bareRequest({ method: 'TRACE', headers: { authorization: null } }),
      ...['PROPFIND', 'FOO'].map((one) => bareRequest({ method: one })),
    ],
    judge: judgeStatus({ pass: [400, ...refused.pass], note: ['4xx'] }),
  },
])
