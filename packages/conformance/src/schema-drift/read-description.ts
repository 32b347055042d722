import { isObject, valueAt, type OpenAPI } from '@livepeer-ai/openapi'
import { parseDocument } from 'yaml'
import { compareDescriptions } from './descriptions/compare-descriptions.ts'

/** The text is not an OpenAPI description that can be compared; the message says why. */
export class DescriptionError extends Error {
  override name = 'DescriptionError' as const
}

/** Limit of values after references are followed: a small file can expand to billions. */
const mostValues = 200_000

/**
 * Parses an untrusted OpenAPI 3 description, JSON or YAML.
 *
 * @throws DescriptionError
 */
export function readDescription(text: string): OpenAPI {
  return asDescription(parse(text))
}

/**
 * Checks that a parsed value is an OpenAPI 3 description.
 *
 * @throws DescriptionError
 */
export function asDescription(value: unknown): OpenAPI {
  if (!isObject(value) || typeof value['openapi'] !== 'string' || !value['openapi'].startsWith('3.'))
    throw unreadable('`openapi: 3.…` is missing')
  if (!isObject(value['paths'])) throw unreadable('`paths` is missing')
  const description = value as unknown as OpenAPI
  if (countValues(description, description.paths) > mostValues)
    throw unreadable('it is too large once its references are followed')
  try {
    // A malformed part makes the comparison throw.
    compareDescriptions(description, description)
  } catch (error) {
    throw unreadable((error as Error).message)
  }
  return description
}

const unreadable = (reason: string) => new DescriptionError(`not an OpenAPI 3 description: ${reason.split('\n')[0]}`)

/** Characters that text does not have; binary content must not end up in messages. */
const binary = /[\0\uFFFD]/

function parse(text: string): unknown {
  if (binary.test(text)) throw unreadable('it is not text')
  const document = parseDocument(text)
  const [error] = document.errors
  if (error) throw unreadable(error.message)
  try {
    return document.toJS()
  } catch (cause) {
    throw unreadable((cause as Error).message)
  }
}

/**
 * Counts the values below a node; those behind a reference count at each place that refers to them.
 */
function countValues(description: OpenAPI, node: unknown, known = new Map<string, number>()): number {
  if (typeof node !== 'object' || node === null) return 1
  const reference = isObject(node) ? node['$ref'] : undefined
  if (typeof reference === 'string' && reference.startsWith('#')) {
    const before = known.get(reference)
    if (before !== undefined) return before
    // A recursive reference counts as one value.
    known.set(reference, 1)
    const target = valueAt(description, decodeURIComponent(reference.slice(1)))
    const size = countValues(description, target, known)
    known.set(reference, size)
    return size
  }
  return Object.values(node).reduce<number>((sum, child) => sum + countValues(description, child, known), 1)
}
