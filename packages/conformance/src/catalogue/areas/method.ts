import type { Check, Context } from '../../check.ts'
import { headerOf } from '../../exchange.ts'
import { defineChecks, planNothing } from '../define-checks.ts'
import { isAtPath, judgeAll, judgeAspect, judgeEachResponse, judgeStatus } from '../judgements.ts'
import { bareRequest, planPreflight } from '../requests.ts'

/** Statuses for a method that the operation does not have. */
const rejected = { pass: [405, 404, 501], note: [401, 403] }

/** Lists the methods that the path of the operation does not have. */
function listOtherMethods({
  contract,
  operation,
  sample,
}: Pick<Context, 'contract' | 'operation' | 'sample'>): string[] {
  // `/pets/{petId}` also serves `/pets/search`.
  const isSame = ({ path }: { path: string }) =>
    path === operation.path || isAtPath({ target: operation.path, seconds: 0 }, { path })
  const own = new Set(contract.operationTable.filter(isSame).map(({ method }) => method))
  return ['PUT', 'PATCH', 'DELETE', ...(sample ? ['POST'] : [])].filter((method) => !own.has(method))
}

/** Checks of methods that the operation does not have. */
export const methodChecks: Check[] = defineChecks('method', [
  {
    id: 'ME-01',
    title: 'GET is rejected with an error body',
    harm: 'wrong-data',
    source: 'RFC 9110, section 15.5.6',
    remediation: 'Route by method: answer 405 with Allow and an error body for every method without an operation.',
    plan: () => [bareRequest({ method: 'GET' })],
    judge: judgeAll(
      judgeStatus(rejected),
      judgeEachResponse('fail', ({ body }) => body.length === 0 && 'saw an empty body, expected an error body'),
    ),
  },
  {
    id: 'ME-02',
    title: 'Undocumented methods are rejected',
    harm: 'wrong-data',
    for: 'any',
    source: 'OpenAPI description, paths',
    remediation: 'Route by method: a handler that ignores the method carries these requests out.',
    plan: ({ refused, ...context }) =>
      listOtherMethods(context).map((method) =>
        method === 'DELETE' ? bareRequest({ method, target: refused().target }) : refused({ method }),
      ),
    judge: judgeStatus({ ...rejected, warn: ['4xx'] }),
  },
  {
    id: 'ME-03',
    title: 'Every 405 names the allowed methods',
    harm: 'client-breaks',
    for: 'any',
    source: 'RFC 9110, section 15.5.6',
    remediation: 'Send Allow with every 405, with the methods of the path.',
    plan: planNothing,
    judge: judgeAspect(
      'headers',
      judgeEachResponse('fail', (response, { operation }, { request }) => {
        if (!isAtPath(request.plan, operation) || response.status !== 405) return false
        // Some descriptions give 405 another meaning.
        if (request.method === operation.method && '405' in operation.responses) return false
        const allow = headerOf(response, 'allow')
        if (allow === undefined) return `saw 405 without Allow, expected Allow: ${operation.method}`
        const isNamed = allow
          .toUpperCase()
          .split(/\s*,\s*/)
          .includes(operation.method)
        return !isNamed && `saw 405 with another Allow, expected Allow: ${operation.method}`
      }),
    ),
  },
  {
    id: 'ME-04',
    title: 'HEAD gets a response without a body',
    harm: 'client-breaks',
    source: 'RFC 9110, section 9.3.2',
    remediation: 'Send only the headers in response to HEAD, with the status of GET, which is 405 here.',
    plan: () => [bareRequest({ method: 'HEAD' })],
    judge: judgeAll(
      // This section does not prescribe a status.
      judgeStatus({ ...rejected, warn: ['2xx', '3xx', '4xx', '5xx'] }),
      judgeEachResponse('fail', ({ body, faults }) => {
        const isEmpty = body.length === 0 && faults.length === 0
        return !isEmpty && 'saw a body, expected none'
      }),
    ),
  },
  {
    id: 'ME-05',
    title: 'OPTIONS names the allowed methods or is rejected',
    harm: 'none',
    source: 'RFC 9110, section 9.3.7',
    remediation: 'Send Allow with a successful response to OPTIONS.',
    plan: () => [bareRequest({ method: 'OPTIONS' })],
    judge: judgeAll(
      judgeStatus({ pass: [200, 204, ...rejected.pass], note: ['4xx'] }),
      judgeAspect(
        'headers',
        judgeEachResponse(
          'warn',
          (response) =>
            response.status < 300 &&
            headerOf(response, 'allow') === undefined &&
            `saw ${response.status} without Allow, expected the allowed methods`,
        ),
      ),
    ),
  },
  {
    id: 'ME-06',
    title: 'TRACE and unknown methods are rejected',
    harm: 'security',
    for: 'any',
    isShared: true,
    source: 'RFC 9110, sections 9.1 and 9.3.8',
    remediation: 'Answer 405 or 501. TRACE repeats the request, including credentials that a proxy has added.',
    plan: () => [
      bareRequest({ method: 'TRACE', headers: { authorization: null } }),
      ...['PROPFIND', 'FOO'].map((method) => bareRequest({ method })),
    ],
    judge: judgeStatus({ pass: [400, ...rejected.pass], note: ['4xx'] }),
  },
  {
    id: 'ME-07',
    title: 'The preflight of a browser causes no error and names the method',
    harm: 'client-breaks',
    for: 'other',
    source: 'Fetch standard, CORS-preflight fetch; RFC 9110, section 9.3.7',
    remediation: 'Answer OPTIONS with 204 or 405, and allow each method of the path.',
    plan: ({ operation }) => [planPreflight(operation)],
    judge: judgeAll(
      judgeStatus({ pass: ['2xx', ...rejected.pass], note: ['3xx', '4xx'] }),
      judgeEachResponse('fail', (response, { operation }) => {
        const methods = headerOf(response, 'access-control-allow-methods')
        const isNamed = methods === undefined || methods === '*' || methods.toUpperCase().includes(operation.method)
        return !isNamed && `saw Access-Control-Allow-Methods without ${operation.method}, expected it`
      }),
    ),
  },
])
