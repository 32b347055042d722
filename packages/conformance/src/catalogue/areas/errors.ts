import { isObject } from '@livepeer-ai/openapi'
import { normalizeError } from '@livepeer-ai/openapi/normalize-error'
import type { Check, Context, Finding } from '../../check.ts'
import { headerOf, isJson, mediaTypeOf, type Exchange } from '../../exchange.ts'
import {
  judgeEach,
  isAddressed,
  isExpectedStatus,
  isOverload,
  parseJson,
  matchesStatus,
  findSchema,
  type Judge,
} from '../judgements.ts'
import { formWithoutAudio } from '../requests.ts'
import { defineChecks, planNothing } from '../define-checks.ts'

/** The status whose body lists what is wrong with each part of the request. */
const unprocessable = 422

const isRefusal = ({ response }: Exchange) => response !== undefined && response.status >= 400

/** What of the body of an addressed exchange does not fit the schema of its status. */
function misfit(exchange: Exchange, context: Context): string | undefined {
  const { status, body } = exchange.response!
  const schema = findSchema(status, context)
  if (!schema) return undefined
  if (body.length === 0) return `${status} without a body`
  const value = parseJson(exchange)
  if (value === undefined) return `${status} whose body is not JSON`
  const [problem] = context.schemaJudge(schema, value)
  return problem && `${status}: ${problem.pointer || 'the body'} ${problem.message}`
}

/** Whether a JSON value is an error body of the contract, whatever its status. */
const isCustomary = (value: unknown, context: Context): boolean =>
  Object.keys(context.operation.responses)
    .filter((status) => /^[45]/.test(status))
    .map((status) => findSchema(Number(status), context))
    .some((schema) => schema !== undefined && context.schemaJudge(schema, value).length === 0)

/** Refusals of other kinds, such as 404 and 405, are not documented; a client reads them all the same way. */
const otherwise: Judge = judgeEach('warn', (exchange, context) => {
  const { status = 0 } = exchange.response ?? {}
  const isOther = !isAddressed(exchange, context) || findSchema(status, context) === undefined
  if (!isOther || !isRefusal(exchange) || mediaTypeOf(exchange.response) !== 'application/json') return false
  const value = parseJson(exchange)
  return isObject(value) && !isCustomary(value, context) && `${status} whose body is none of the documented errors`
})

/** Every text in a JSON value. */
const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

const internals: [what: string, pattern: RegExp][] = [
  ['a stack trace', /Traceback \(most recent|^\s*at .+:\d+:\d+\)?$|goroutine \d+ \[|File "[^"]+", line \d+/m],
  ['a path of the machine', /(^|[\s"'(=:])(\/(home|usr|var|srv|opt|app|root|tmp|mnt|Users)\/|[A-Za-z]:\\)\S/m],
  ['HTML', /<(!doctype|html|body|head|h1)\b/i],
]

function indiscretion(exchange: Exchange): string | false {
  const { response } = exchange
  if (!isRefusal(exchange) || response!.body.length === 0) return false
  const text = response!.body.toString()
  const value = parseJson(exchange)
  const texts = value === undefined ? [text] : textsIn(value)
  const [found] = internals.find(([, pattern]) => texts.some((one) => pattern.test(one))) ?? []
  if (found !== undefined) return `the message holds ${found}`
  if (texts.some((one) => one.length > 1024)) return 'the message is longer than 1,024 characters'
  const { message } = normalizeError(response!.status, mediaTypeOf(response), text)
  return isJson(mediaTypeOf(response)) && message === `HTTP ${response!.status}` && 'there is no message'
}

/** Headers that name a request, so that an operator can find it again. */
const requestIds = ['x-request-id', 'request-id', 'x-correlation-id', 'x-amzn-requestid', 'cf-ray', 'traceparent']
const requestIdOf = ({ response }: Exchange) =>
  requestIds.map((name) => headerOf(response, name)).find((id) => id !== undefined)

/** Most of these read every exchange of the run. */
export const errorsChecks: Check[] = defineChecks('errors', [
  {
    id: 'ER-01',
    title: 'Every refusal has the documented body',
    level: 'MUST',
    profiles: ['smoke'],
    source: 'OpenAPI description, schemas of the responses',
    remediation: 'Write all errors in the shape of the description, those of frameworks and proxies included.',
    plan: planNothing,
    judge: (exchanges, context) => [
      ...judgeEach(
        'fail',
        (exchange) =>
          isRefusal(exchange) &&
          exchange.response!.status !== unprocessable &&
          isAddressed(exchange, context) &&
          misfit(exchange, context),
        { driftClass: 'error-envelope-changed' },
      )(exchanges, context),
      ...otherwise(exchanges, context),
    ],
  },
  {
    id: 'ER-02',
    title: 'Every 422 has the documented body',
    level: 'MUST',
    profiles: ['smoke'],
    source: 'OpenAPI description, schema of 422',
    remediation: 'List what is wrong as { loc, msg, type }, one entry for each.',
    plan: planNothing,
    judge: judgeEach(
      'fail',
      (exchange, context) =>
        exchange.response?.status === unprocessable && isAddressed(exchange, context) && misfit(exchange, context),
      { driftClass: 'error-envelope-changed' },
    ),
  },
  {
    id: 'ER-03',
    title: 'Every 422 says what is wrong',
    level: 'SHOULD',
    source: 'OpenAPI description, what it leaves too loose: HTTPValidationError',
    remediation: 'Put at least one entry into the list of a 422.',
    plan: planNothing,
    judge: (exchanges, context) =>
      judgeEach(context.strict ? 'fail' : 'warn', (exchange) => {
        if (exchange.response?.status !== unprocessable || !isAddressed(exchange, context)) return false
        const { detail } = (parseJson(exchange) ?? {}) as { detail?: unknown }
        const isListed = !Array.isArray(detail) || detail.length > 0
        return (detail === undefined || !isListed) && '422 without any issue'
      })(exchanges, context),
  },
  {
    id: 'ER-04',
    title: 'Every status is a documented one',
    level: 'MUST',
    profiles: ['smoke'],
    source: 'OpenAPI description, responses',
    remediation: 'Use the documented statuses; propose a change of the description for one that is missing.',
    plan: planNothing,
    judge: (exchanges, context) =>
      exchanges.flatMap((exchange): Finding[] => {
        const { status } = exchange.response ?? {}
        if (status === undefined || !isAddressed(exchange, context) || isExpectedStatus(status, context)) return []
        const severity = matchesStatus(status, [429, 502, 503, 504]) ? 'warn' : 'fail'
        const driftClass = status < 400 ? 'undocumented-success-status' : 'undocumented-error-status'
        return [{ severity, message: `${status} is not documented`, exchange, driftClass }]
      }),
  },
  {
    id: 'ER-05',
    title: 'Every documented answer has the documented media type',
    level: 'MUST',
    source: 'OpenAPI description, responses.content',
    remediation: 'Send Content-Type: application/json; when it is HTML, a proxy in front of the gateway has answered.',
    plan: planNothing,
    judge: judgeEach(
      'fail',
      (exchange, context) => {
        const { response } = exchange
        const mediaTypes = context.operation.responses[String(response?.status)]
        if (!mediaTypes?.length || response!.body.length === 0 || !isAddressed(exchange, context)) return false
        const mediaType = mediaTypeOf(response)
        if (mediaType !== undefined && mediaTypes.includes(mediaType)) return false
        return `${response!.status} ${mediaType === undefined ? 'without Content-Type' : `as ${mediaType}`}`
      },
      { driftClass: 'response-media-type-changed' },
    ),
  },
  {
    id: 'ER-06',
    title: 'Every error has a message for people, and tells nothing of the inside',
    level: 'SHOULD',
    source: 'CWE-209; OWASP API Security Top 10 2023, API8',
    remediation: 'Write one sentence for each error; keep stack traces, paths and pages of proxies in the log.',
    plan: planNothing,
    judge: judgeEach('warn', indiscretion),
  },
  {
    id: 'ER-07',
    title: 'No mistake of the caller is a failure of the server',
    level: 'SHOULD',
    critical: true,
    source: 'RFC 9110, section 15.6',
    remediation: 'Check a request before it is worked on, and answer 4xx for what the caller can mend.',
    plan: planNothing,
    judge: judgeEach('fail', (exchange) => {
      const { request, response } = exchange
      if (request.plan.seconds > 0 || !matchesStatus(response?.status ?? 0, ['5xx'])) return false
      return (
        response!.status !== 501 && !isOverload(exchange) && `${response!.status} for a request that is to be refused`
      )
    }),
  },
  {
    id: 'ER-08',
    title: 'The same mistake is answered the same way',
    level: 'SHOULD',
    source: 'OpenAPI description, responses',
    remediation: 'Compare the versions of the workers behind the gateway: they answer differently.',
    plan: () => [formWithoutAudio(), formWithoutAudio({ copy: 1 }), formWithoutAudio({ copy: 2 })],
    judge: (exchanges, context) => {
      const answered = exchanges.filter((exchange) => exchange.response && !isOverload(exchange))
      const [first] = answered
      return judgeEach('warn', (exchange) => {
        if (exchange.response!.status !== first!.response!.status) return 'another status than at the first try'
        return shapeOf(parseJson(exchange)) !== shapeOf(parseJson(first!)) && 'another body than at the first try'
      })(answered, context)
    },
  },
  {
    id: 'ER-09',
    title: 'Every answer names its request, each by a name of its own',
    level: 'MAY',
    source: 'W3C Trace Context; common practice',
    remediation: 'Send X-Request-Id, and write it to the log.',
    plan: () => [formWithoutAudio(), formWithoutAudio({ copy: 1 })],
    judge: (exchanges) => {
      const ids = exchanges.map(requestIdOf)
      return exchanges.flatMap((exchange, index): Finding[] => {
        if (!exchange.response) return []
        if (ids[index] === undefined) return [{ severity: 'info', message: 'no request id', exchange }]
        const isReused = ids.indexOf(ids[index]) < index
        return isReused ? [{ severity: 'warn', message: 'the request id of another answer', exchange }] : []
      })
    },
  },
])

/** The keys and types of a JSON value. */
function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${shapeOf(value[0])}]`
  if (!isObject(value)) return value === null ? 'null' : typeof value
  return `{${Object.entries(value)
    .map(([key, member]) => `${key}:${shapeOf(member)}`)
    .toSorted()
    .join()}}`
}
