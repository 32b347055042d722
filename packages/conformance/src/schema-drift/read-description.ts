import { isObject, valueAt, type OpenAPI } from '@livepeer-ai/openapi'
import { parseDocument } from 'yaml'
import { compareDescriptions } from './descriptions/compare-descriptions.ts'

/** A text is no OpenAPI description that anything can be compared with; the message says why. */
export class DescriptionError extends Error {
  override name = 'DescriptionError' as const
}

/** Values that a description may have once its references are followed: a small file can be made to have billions. */
const mostValues = 200_000

/**
 * Reads an OpenAPI 3 description, JSON or YAML, that somebody else wrote.
 *
 * @throws DescriptionError
 */
export function readDescription(text: string): OpenAPI {
  return asDescription(parse(text))
}

/**
 * The same of a value that has been parsed.
 *
 * @throws DescriptionError
 */
export function asDescription(value: unknown): OpenAPI {
  if (!isObject(value) || typeof value['openapi'] !== 'string' || !value['openapi'].startsWith('3.'))
    throw unreadable('it has no `openapi: 3.…`')
  if (!isObject(value['paths'])) throw unreadable('it has no paths')
  const description = value as unknown as OpenAPI
  if (expandedSize(description, description.paths) > mostValues)
    throw unreadable('it is too large once its references are followed')
  try {
    // What stands where nothing like it is expected shows as soon as anything is made of it.
    compareDescriptions(description, description)
  } catch (error) {
    throw unreadable((error as Error).message)
  }
  return description
}

const unreadable = (reason: string) => new DescriptionError(`no OpenAPI 3 description: ${reason.split('\n')[0]}`)
/** Text has none of these: what is binary is quoted to nobody. */
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

/** How many values there are below a node, those behind references counted wherever they are referred to. */
function expandedSize(description: OpenAPI, node: unknown, known = new Map<string, number>()): number {
  if (typeof node !== 'object' || node === null) return 1
  const reference = isObject(node) ? node['$ref'] : undefined
  if (typeof reference === 'string' && reference.startsWith('#')) {
    const before = known.get(reference)
    if (before !== undefined) return before
    known.set(reference, 1)
    known.set(reference, expandedSize(description, valueAt(description, decodeURIComponent(reference.slice(1))), known))
    return known.get(reference)!
  }
  return Object.values(node).reduce<number>((sum, child) => sum + expandedSize(description, child, known), 1)
}
