import { findOperationObject, isObject, listOperations, type OpenAPI } from '@livepeer-ai/openapi'
import type { DriftClass } from '../drift-class.ts'
import type { DriftFinding } from '../drift-finding.ts'
import { headerOf, mediaTypeOf, type Exchange, type ReceivedResponse } from '../exchange.ts'
import { isAnswerTo } from './answers/observe-answers.ts'
import { findResponse } from './descriptions/responses.ts'

/** A statement about the answers, with the answers that prove or disprove it. */
interface Claim {
  message: string
  status: string
  /** Every answer to the operation. */
  exchanges: readonly (Exchange & { response: ReceivedResponse })[]
  /** The answers with this status. */
  answers: readonly ReceivedResponse[]
  /** The bodies of these answers. */
  bodies: readonly ReceivedResponse[]
  /** The values at the place of the statement. */
  values: readonly unknown[]
  /** For each object that may have the property at the place: true if it has it. */
  presence: readonly boolean[]
  isDocumented: boolean
}

/**
 * Returns the findings about the answers that these exchanges disprove.
 * Reads the bodies themselves, so that a fault of the comparison cannot hide here.
 */
export function findContradictions(
  contract: OpenAPI,
  findings: readonly DriftFinding[],
  exchanges: readonly Exchange[],
): DriftFinding[] {
  return findings.filter((finding) => {
    const { class: name, status = '', seenIn } = finding
    if (!seenIn.includes('answers')) return false
    const claims = status.split(', ').map((one) => toClaim(contract, finding, one, exchanges))
    const proof = proofs[name] ?? (() => true)
    return !claims.every(
      (claim) => (isAbsence(name) || claim.status === '' || claim.answers.length > 0) && proof(claim),
    )
  })
}

const isAbsence = (name: DriftClass): boolean => name === 'documented-status-never-produced'

/** Proofs by class. Each returns false if the answers disprove the statement. */
const proofs: Partial<Record<DriftClass, (claim: Claim) => boolean>> = {
  'documented-status-never-produced': ({ answers }) => answers.length === 0,
  'undocumented-success-status': ({ isDocumented }) => !isDocumented,
  'undocumented-error-status': ({ isDocumented }) => !isDocumented,
  'security-removed': ({ exchanges }) =>
    exchanges.some(
      ({ request, response }) => Math.floor(response.status / 100) === 2 && !headerOf(request, 'authorization'),
    ),
  'response-media-type-missing': ({ message, answers }) =>
    message !== 'no Content-Type' || answers.some((answer) => !mediaTypeOf(answer)),
  'response-media-type-changed': isMediaTypeSeen,
  'response-media-type-added': isMediaTypeSeen,
  'response-required-property-missing': ({ message, presence }) =>
    presence.includes(false) && (!message.endsWith('is not always present') || presence.includes(true)),
  'response-optional-property-never-seen': ({ presence }) => !presence.includes(true),
  'response-undocumented-property': ({ presence }) => presence.includes(true),
  'response-became-nullable': ({ values }) => values.includes(null),
  'response-type-changed': ({ message, bodies, values }) => {
    if (message === 'the body is not JSON') return bodies.some((body) => parse(body) === undefined)
    const seen = new Set(values.flatMap(namesOf))
    return namesBefore(message).every((name) => name === 'anything' || seen.has(name))
  },
  'error-envelope-changed': ({ message, bodies }) => {
    const [shape = ''] = message.replace('errors are ', '').split(' instead of ')
    return bodies.some((body) => hasShape(parse(body), shape))
  },
}

/** The media type is compared as a whole, because two joined headers have a comma. */
function isMediaTypeSeen({ message, answers }: Claim): boolean {
  const [mediaType] = message.replace(/^also /, '').split(' instead of ')
  return answers.some((answer) => mediaTypeOf(answer) === mediaType)
}

/** Returns the names on the left of a difference such as `integer or null instead of string`. */
const namesBefore = (message: string): string[] => (message.split(' instead of ')[0] ?? '').split(/, | or /)

function toClaim(
  contract: OpenAPI,
  { pointer, message }: DriftFinding,
  status: string,
  all: readonly Exchange[],
): Claim {
  const [, , path = '', method = '', , , , mediaType, , ...keys] = pointer
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
  const operation = { path, method: method.toUpperCase() }
  const exchanges = all.flatMap((exchange) =>
    exchange.response && isAnswerTo(operation, exchange) ? [{ ...exchange, response: exchange.response }] : [],
  )
  const own = exchanges.filter(({ response }) => isStatus(String(response.status), status))
  const bodies = own
    .filter(({ failure, response }) => !failure && !response.faults.length)
    .map(({ response }) => response)
    .filter((response) => mediaType === undefined || mediaTypeOf(response) === mediaType)
  const documented = listOperations(contract).find((one) => one.path === path && one.method === operation.method)
  const { responses = {} } = (documented && findOperationObject(contract, documented)) ?? {}
  const parents = bodies.map(parse).flatMap((value) => valuesAt(value, keys.slice(0, -2)))
  return {
    message,
    status,
    exchanges,
    answers: own.map(({ response }) => response),
    bodies,
    values: bodies.map(parse).flatMap((value) => valuesAt(value, keys)),
    presence: parents.filter(isObject).map((parent) => Object.hasOwn(parent, keys.at(-1) ?? '')),
    isDocumented: findResponse(responses, status) !== undefined,
  }
}

/** Returns true if a status is the documented one, or in its range. */
const isStatus = (status: string, documented: string): boolean =>
  documented === status || documented === 'default' || documented === `${status.charAt(0)}XX`

/** Returns the JSON of a body, or undefined if it is not JSON. */
function parse({ body }: ReceivedResponse): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown
  } catch {
    return undefined
  }
}

/** Returns the values that a schema pointer such as `properties/chunks/items` leads to. */
function valuesAt(value: unknown, [keyword, ...rest]: readonly string[]): unknown[] {
  if (value === undefined) return []
  if (keyword === undefined) return [value]
  if (keyword === 'items') return Array.isArray(value) ? value.flatMap((item) => valuesAt(item, rest)) : []
  const [name = '', ...others] = rest
  return keyword === 'properties' && isObject(value) && Object.hasOwn(value, name) ? valuesAt(value[name], others) : []
}

function namesOf(value: unknown): string[] {
  if (value === null) return ['null']
  if (Array.isArray(value)) return ['array']
  return Number.isInteger(value) ? ['integer', 'number'] : [typeof value]
}

/** Returns true if a value has every property of a shape such as `{detail:[string]}`. */
function hasShape(value: unknown, shape: string): boolean {
  const seen = listKinds('', value)
  // Such names cannot be told apart in the text of a shape.
  if (seen.some(({ key }) => /[^\w-]/.test(key))) return true
  return [...`:${shape}`.matchAll(/(?:([^{,:[|]+)|^):(.)/g)].every(([, name = '', first = '']) =>
    seen.some(({ key, kind }) => key === name && kind === kindOfShape(first)),
  )
}

const kindOfShape = (first: string): string => (first === '{' || first === '[' ? first : 'scalar')

function listKinds(key: string, value: unknown): { key: string; kind: string }[] {
  if (Array.isArray(value))
    return [{ key, kind: '[' }, ...value.flatMap((item) => listKinds('', item)).filter((one) => one.key !== '')]
  if (!isObject(value)) return [{ key, kind: 'scalar' }]
  return [{ key, kind: '{' }, ...Object.entries(value).flatMap(([name, item]) => listKinds(name, item))]
}
