import type { SchemaProblem, Context } from '../check.ts'
import type { DriftClass } from '../drift-class.ts'
import { pointerTo, toDriftFinding, type DriftFinding } from '../drift-finding.ts'
import { mediaTypeOf, type Exchange } from '../exchange.ts'
import { isUnforeseen } from './areas/errors.ts'
import { findBadHeader, findUndocumented, findWriteOnly, isProblemMember } from './areas/response.ts'
import { findSchema, hasJson, isAddressed, isExpectedStatus, parseJson } from './judgements.ts'

/** Returns the context of the operation that an exchange is with. */
const contextOf = ({ request }: Exchange, context: Context): Context => ({
  ...context,
  operation: request.plan.operation ?? context.operation,
})

/** Returns true if the description of another API foresees the request and its status. */
export function isForeseen(exchange: Exchange, whole: Context): boolean {
  const context = contextOf(exchange, whole)
  const { status = 0 } = exchange.response ?? {}
  const isTolerated =
    !(String(status) in context.operation.responses) &&
    status < 500 &&
    (isUnforeseen(status, exchange, context) ||
      ([405, 406, 411, 414, 417, 431].includes(status) && isExpectedStatus(status, context)))
  return isAddressed(exchange, context) && exchange.request.plan.isOdd === undefined && !isTolerated
}

/**
 * Returns a function that keeps the differences in a body only if the body breaks its schema, and
 * adds what the comparison of inferred schemas does not see: formats, patterns and headers.
 */
export const confirmDrift =
  (whole: Context, isMock: boolean) =>
  (exchange: Exchange, findings: readonly DriftFinding[]): DriftFinding[] => {
    const context = contextOf(exchange, whole)
    const { response, request } = exchange
    if (!response) return []
    const schema = response.status === 206 ? undefined : findSchema(response.status, context)
    const value = schema && hasJson(exchange) ? parseJson(exchange) : undefined
    const problems = schema && value !== undefined ? context.schemaJudge(schema, value) : []
    const undocumented =
      schema &&
      (findUndocumented(exchange, value, schema) ??
        // A mock repeats what it was sent.
        (isMock ? undefined : findWriteOnly(value, schema, context.contract.description)))
    const mediaTypes = context.operation.responses[response.status]
    const kept = findings.filter(({ class: name, message, pointer }) => {
      if (name === 'response-undocumented-property')
        return undocumented !== undefined && !isProblemMember(exchange, pointer)
      // A response without documented content may have any.
      if (name === 'response-media-type-added') return mediaTypes?.length !== 0
      return !isAboutBody(name) || problems.length > 0 || message === 'the body is not JSON'
    })
    const isExplained = kept.some(({ class: name }) => isAboutBody(name))
    const more = isExplained ? [] : problems.slice(0, 1).map((problem) => toFinding(problem, exchange, context))
    const header = findBadHeader(response, context, exchange)
    if (header) more.push(toHeaderFinding(header, response.status, context))
    return [...kept, ...more].map((finding) => ({
      ...finding,
      operation: context.operation.operationId,
      exchange: request.id,
    }))
  }

const isAboutBody = (name: DriftClass): boolean =>
  (name.startsWith('response-') &&
    !name.startsWith('response-media-type') &&
    name !== 'response-undocumented-property') ||
  name === 'error-envelope-changed'

/** Returns the pointer to the response of an operation that documents a status. */
function placeOf(status: number, { operation: { path, method, responses } }: Context): string {
  const key = [String(status), `${Math.floor(status / 100)}XX`].find((one) => one in responses) ?? 'default'
  return pointerTo('/paths', path, method.toLowerCase(), 'responses', key)
}

const classes: Readonly<Record<string, DriftClass>> = {
  format: 'response-format-changed',
  enum: 'response-enum-widened',
  const: 'response-enum-widened',
  required: 'response-required-property-missing',
}

function toFinding(
  { pointer, keyword, message }: SchemaProblem,
  { response }: Exchange,
  context: Context,
): DriftFinding {
  const status = response?.status ?? 0
  const keys = pointer
    .split('/')
    .slice(1)
    .flatMap((key) => (/^\d+$/.test(key) ? ['items'] : ['properties', key]))
  const isLimit = /^(min|max|exclusive|pattern|multipleOf|unique)/.test(keyword)
  return toDriftFinding(
    {
      class: classes[keyword] ?? (isLimit ? 'response-constraint-relaxed' : 'response-schema-changed'),
      pointer: pointerTo(placeOf(status, context), 'content', mediaTypeOf(response) ?? '', 'schema', ...keys),
      status: String(status),
      message: `${pointer.split('/').at(-1) || 'the body'} ${message}`,
      shape: keyword,
      samples: 1,
    },
    'answers',
  )
}

function toHeaderFinding(
  { name, fault }: { name: string; fault?: string },
  status: number,
  context: Context,
): DriftFinding {
  return toDriftFinding(
    {
      class: fault === undefined ? 'response-header-missing' : 'response-schema-changed',
      pointer: pointerTo(placeOf(status, context), 'headers', name),
      status: String(status),
      message: `the header ${name} ${fault ?? 'is missing'}`,
      samples: 1,
    },
    'answers',
  )
}
