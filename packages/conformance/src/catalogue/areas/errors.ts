import { isObject } from '@livepeer-ai/openapi'
import type { Check, Context, Finding } from '../../check.ts'
import { headerOf, isJson, isOneOf, mediaTypeOf, type Exchange, type ReceivedResponse } from '../../exchange.ts'
import { defineChecks, planNothing } from '../define-checks.ts'
import {
  findSchema,
  isAddressed,
  isExpectedStatus,
  isOverload,
  judgeAll,
  judgeAspect,
  judgeEach,
  judgeEachResponse,
  matchesStatus,
  parseJson,
  type Judge,
} from '../judgements.ts'
import { formWithoutAudio } from '../requests.ts'

/** The status whose body lists the faults of each part of the request. */
const unprocessable = 422

/** Returns true for a status that ER-07 reports. */
const isServerError = (response: ReceivedResponse) =>
  matchesStatus(response.status, ['5xx']) && response.status !== 501 && !isOverload(response)

const isError = ({ status }: ReceivedResponse) => status >= 400

/** Complains about a body that does not fit the schema of its status. */
function findMisfit({ status, body }: ReceivedResponse, context: Context, exchange: Exchange): string | undefined {
  const schema = findSchema(status, context)
  if (!schema) return undefined
  if (body.length === 0) return `saw ${status} without a body, expected the documented body`
  const value = parseJson(exchange)
  if (value === undefined) return `saw ${status} with a body that is not JSON, expected the documented body`
  const [problem] = context.schemaJudge(schema, value)
  return problem && `saw ${status} with an invalid body: ${problem.pointer || 'the body'} ${problem.message}`
}

/** Returns true if a JSON value fits a documented error, or if the operation documents no error. */
function isDocumentedError(value: unknown, context: Context): boolean {
  const schemas = Object.keys(context.operation.responses)
    .filter((status) => /^[45]/.test(status))
    .map((status) => findSchema(Number(status), context))
    .filter((schema) => schema !== undefined)
  return schemas.length === 0 || schemas.some((schema) => context.schemaJudge(schema, value).length === 0)
}

/** Judges undocumented errors such as 404 and 405: a client reads all errors the same way. */
const judgeOtherErrors: Judge = judgeEachResponse('warn', (response, context, exchange) => {
  const isOther = !isAddressed(exchange, context) || findSchema(response.status, context) === undefined
  if (!isOther || !isError(response) || mediaTypeOf(response) !== 'application/json') return false
  const value = parseJson(exchange)
  const isStrange = isObject(value) && !isDocumentedError(value, context)
  return isStrange && `saw ${response.status} with another body, expected one of the documented error bodies`
})

/** Returns true for an undocumented status of a request that no description foresees. */
export function isUnforeseen(status: number, { request: { plan } }: Exchange, { operation }: Context): boolean {
  if (plan.isOdd) return status < 500
  // `security` alone tells that credentials are required.
  if (status === 401) return plan.credentials !== undefined && operation.security.length > 0
  const isDocumented = ['400', '422', '4XX'].some((documented) => documented in operation.responses)
  return plan.words !== undefined && [400, 422].includes(status) && !isDocumented
}

/** Returns every string in a JSON value. */
const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

const internals: [what: string, pattern: RegExp][] = [
  ['a stack trace', /Traceback \(most recent|^\s*at .+:\d+:\d+\)?$|goroutine \d+ \[|File "[^"]+", line \d+/m],
  [
    'a database error',
    /SQLSTATE|\bORA-\d{5}|relation "[^"]+" does not exist|syntax error at or near|duplicate key value/,
  ],
  ['a file path of the server', /(^|[\s"'(=:])(\/(home|usr|var|srv|opt|app|root|tmp|mnt|Users)\/|[A-Za-z]:\\)\S/m],
]

const page = /<(!doctype|html|body|head|h1)\b/i

const errorTextsOf = (exchange: Exchange, { body }: ReceivedResponse): string[] => {
  const value = parseJson(exchange)
  return value === undefined ? [body.toString()] : textsIn(value)
}

/** Complains about an error message that reveals internals. */
function findInternals(response: ReceivedResponse, _: Context, exchange: Exchange): string | false {
  if (!isError(response)) return false
  const texts = errorTextsOf(exchange, response)
  const [found] = internals.find(([, pattern]) => texts.some((one) => pattern.test(one))) ?? []
  return found !== undefined && `saw ${found} in the message, expected one sentence`
}

/** Complains about an error message that is too long or missing, or is a page. */
function findBadMessage(response: ReceivedResponse, _: Context, exchange: Exchange): string | false {
  if (!isError(response) || response.body.length === 0) return false
  const texts = errorTextsOf(exchange, response)
  if (texts.some((one) => page.test(one))) return 'saw HTML in the message, expected one sentence'
  if (texts.some((one) => one.length > 1024))
    return 'saw a message of more than 1,024 characters, expected one sentence'
  const isMissing = isJson(mediaTypeOf(response)) && texts.every((one) => one.trim() === '')
  return isMissing && 'saw an error without a message, expected one sentence'
}

/** Headers that identify a request, so that an operator can find it. */
const requestIds = ['x-request-id', 'request-id', 'x-correlation-id', 'x-amzn-requestid', 'cf-ray', 'traceparent']
const requestIdOf = ({ response }: Exchange) =>
  requestIds.map((name) => headerOf(response, name)).find((id) => id !== undefined)

/** Checks of errors. Most of them read every exchange of the run. */
export const errorsChecks: Check[] = defineChecks('errors', [
  {
    id: 'ER-01',
    title: 'Every error has the documented body',
    harm: 'client-breaks',
    for: 'any',
    profiles: ['smoke'],
    source: 'OpenAPI description, schemas of the responses',
    remediation: 'Write all errors in the documented format, including those of frameworks and proxies.',
    plan: planNothing,
    judge: (exchanges, context) => [
      ...judgeEachResponse(
        'fail',
        (response, _, exchange) =>
          isError(response) &&
          response.status !== unprocessable &&
          isAddressed(exchange, context) &&
          !exchange.request.plan.isOdd &&
          findMisfit(response, context, exchange),
        { driftClass: 'error-envelope-changed' },
      )(exchanges, context),
      ...judgeOtherErrors(exchanges, context),
    ],
  },
  {
    id: 'ER-02',
    title: 'Every 422 has the documented body',
    harm: 'client-breaks',
    for: 'any',
    profiles: ['smoke'],
    source: 'OpenAPI description, schema of 422',
    remediation: 'Write each 422 in the documented format, including those of frameworks.',
    plan: planNothing,
    judge: judgeEachResponse(
      'fail',
      (response, context, exchange) =>
        response.status === unprocessable && isAddressed(exchange, context) && findMisfit(response, context, exchange),
      { driftClass: 'error-envelope-changed' },
    ),
  },
  {
    id: 'ER-03',
    title: 'Every 422 lists at least one fault',
    harm: 'quality',
    source: 'OpenAPI description, what it leaves too loose: HTTPValidationError',
    remediation: 'Put at least one entry into the list of a 422.',
    plan: planNothing,
    judge: (exchanges, context) =>
      judgeEachResponse(context.strict ? 'fail' : 'warn', (response, _, exchange) => {
        if (response.status !== unprocessable || !isAddressed(exchange, context)) return false
        const { detail } = (parseJson(exchange) ?? {}) as { detail?: unknown }
        const isListed = !Array.isArray(detail) || detail.length > 0
        return (detail === undefined || !isListed) && 'saw 422 without a fault, expected at least one'
      })(exchanges, context),
  },
  {
    id: 'ER-04',
    title: 'Every status is documented',
    harm: 'client-breaks',
    for: 'any',
    profiles: ['smoke'],
    source: 'OpenAPI description, responses',
    remediation: 'Use the documented statuses; if one is missing, propose a change to the description.',
    plan: planNothing,
    judge: (exchanges, context) =>
      exchanges.flatMap((exchange): Finding[] => {
        const { response } = exchange
        if (!response || (context.sample && isServerError(response))) return []
        const { status } = response
        if (!isAddressed(exchange, context) || isExpectedStatus(status, context)) return []
        if (isUnforeseen(status, exchange, context)) return []
        const severity = matchesStatus(status, [429, 502, 503, 504]) ? 'warn' : 'fail'
        const driftClass = status < 400 ? 'undocumented-success-status' : 'undocumented-error-status'
        const message = `saw ${status}, expected a documented status`
        return [{ severity, about: 'status', message, exchange, driftClass }]
      }),
  },
  {
    id: 'ER-05',
    title: 'Every documented response has the documented media type',
    harm: 'client-breaks',
    for: 'any',
    source: 'OpenAPI description, responses.content',
    remediation:
      'Send the documented Content-Type. HTML often means that a proxy in front of the server has responded.',
    plan: planNothing,
    judge: judgeAspect(
      'headers',
      judgeEachResponse(
        'fail',
        (response, context, exchange) => {
          const mediaTypes = context.operation.responses[String(response.status)]
          if (!mediaTypes?.length || response.body.length === 0 || !isAddressed(exchange, context)) return false
          if (exchange.request.plan.isOdd) return false
          const mediaType = mediaTypeOf(response)
          if (isOneOf(mediaType, mediaTypes)) return false
          const saw = mediaType === undefined ? 'without Content-Type' : `as ${mediaType}`
          return `saw ${response.status} ${saw}, expected ${mediaTypes.join(' or ')}`
        },
        { driftClass: 'response-media-type-changed' },
      ),
    ),
  },
  {
    id: 'ER-06',
    title: 'Every error has a message for people and reveals no internals',
    harm: 'security',
    for: 'any',
    source: 'CWE-209; OWASP API Security Top 10 2023, API8',
    remediation: 'Write one sentence for each error; keep stack traces, paths and pages of proxies in the log.',
    plan: planNothing,
    judge: judgeAll(judgeEachResponse('fail', findInternals), judgeEachResponse('warn', findBadMessage)),
  },
  {
    id: 'ER-07',
    title: 'A mistake of the client is not reported as a server error',
    harm: 'client-breaks',
    for: 'any',
    source: 'RFC 9110, section 15.6',
    remediation: 'Validate a request before working on it, and answer 4xx if the client can fix it.',
    plan: planNothing,
    judge: judgeAspect(
      'status',
      judgeEachResponse('fail', (response, { sample }, { request }) => {
        const { status } = response
        // The checks of malformed requests report these themselves.
        if (request.plan.seconds > 0 || (sample && request.plan.isOdd) || !isServerError(response)) return false
        return request.plan.writes
          ? `saw ${status} for a valid request, expected a success`
          : `saw ${status} for an invalid request, expected 4xx`
      }),
    ),
  },
  {
    id: 'ER-08',
    title: 'The same mistake gets the same response',
    harm: 'quality',
    source: 'OpenAPI description, responses',
    remediation: 'Compare the versions of the workers behind the gateway: they respond differently.',
    plan: () => [formWithoutAudio(), formWithoutAudio({ copy: 1 }), formWithoutAudio({ copy: 2 })],
    judge: (exchanges, context) => {
      const answered = exchanges.filter(({ response }) => response && !isOverload(response))
      const [first] = answered
      if (!first) return []
      const { status } = first.response ?? {}
      const shape = shapeOf(parseJson(first))
      return judgeEach('warn', (exchange) => {
        const { response } = exchange
        if (response?.status !== status) return `saw ${response?.status}, expected ${status} as for the first request`
        return (
          shapeOf(parseJson(exchange)) !== shape && 'saw another body than for the first request, expected the same'
        )
      })(answered, context)
    },
  },
  {
    id: 'ER-09',
    title: 'Every response has a request id of its own',
    harm: 'none',
    source: 'W3C Trace Context; common practice',
    remediation: 'Send X-Request-Id, and write it to the log.',
    plan: () => [formWithoutAudio(), formWithoutAudio({ copy: 1 })],
    judge: (exchanges) => {
      const ids = exchanges.map(requestIdOf)
      return exchanges.flatMap((exchange, index): Finding[] => {
        if (!exchange.response) return []
        if (ids[index] === undefined)
          return [{ severity: 'info', message: 'saw no request id, expected X-Request-Id', exchange }]
        if (ids.indexOf(ids[index]) === index) return []
        return [{ severity: 'warn', message: 'saw the request id of another response, expected a new one', exchange }]
      })
    },
  },
])

/** Returns the keys and types of a JSON value. */
function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${shapeOf(value[0])}]`
  if (!isObject(value)) return value === null ? 'null' : typeof value
  return `{${Object.entries(value)
    .map(([key, member]) => `${key}:${shapeOf(member)}`)
    .toSorted()
    .join()}}`
}
