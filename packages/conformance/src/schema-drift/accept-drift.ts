import { isObject, resolveReference, type OpenAPI } from '@livepeer-ai/openapi'
import { normalizeSchema } from '@livepeer-ai/openapi/normalize-schema'
import { stringify } from 'yaml'
import type { DriftChange, DriftFinding } from '../drift-finding.ts'

/**
 * Writes an OpenAPI Overlay 1.0 document (YAML) that makes the contract match the findings, so that
 * they disappear. A reference on the way to a change is replaced by a copy, so that nothing else
 * changes.
 */
export function acceptDrift(contract: OpenAPI, findings: readonly DriftFinding[], title = 'Accepted drift'): string {
  const draft = structuredClone(contract)
  const places = findings.flatMap(({ changes, message, class: name }) =>
    changes.map((change) => ({
      place: toExistingParent(contract, apply(draft, change)),
      reason: `${name}: ${message}`,
    })),
  )
  const outermost = places
    .map(({ place }) => place)
    .filter((place, index, all) => all.findIndex((one) => one.join('\n') === place.join('\n')) === index)
    .filter((place, _, all) => !all.some((other) => other.length < place.length && isWithin(place, other)))
  const actions = outermost.flatMap((place) => {
    const { parent, key } = splitPlace(place)
    const value = valueOf(draft, place)
    const reasons = places.filter((one) => isWithin(one.place, place)).map(({ reason }) => reason)
    const description = [...new Set(reasons)].join('; ')
    return [
      ...(valueOf(contract, place) === undefined ? [] : [{ target: toJsonPath(place), description, remove: true }]),
      ...(value === undefined ? [] : [{ target: toJsonPath(parent), description, update: { [key]: value } }]),
    ]
  })
  return stringify({ overlay: '1.0.0', info: { title, version: '1.0.0' }, actions }, { aliasDuplicateObjects: false })
}

type Place = string[]

const isWithin = (place: Place, other: Place) => other.every((key, index) => place[index] === key)

function splitPlace(place: Place): { parent: Place; key: string } {
  const key = place.at(-1)
  if (key === undefined) throw new Error('a change needs a pointer below the root')
  return { parent: place.slice(0, -1), key }
}

/**
 * Applies a change and returns the outermost place that is different now; never an item of a list.
 */
function apply(root: OpenAPI, { pointer, action, value }: DriftChange): Place {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
  const { parent, key: last } = splitPlace(keys)
  let node = root as unknown as Record<string, unknown>
  let changed: Place | undefined
  for (const [index, key] of parent.entries()) {
    const child = openNode(root, node[key], keys[index + 1] ?? last)
    if (child !== node[key]) {
      node[key] = child
      changed ??= keys.slice(0, index + 1)
    }
    node = child
  }
  const list: unknown[] = Array.isArray(node[last]) ? node[last] : []
  if (action === 'set') node[last] = structuredClone(value)
  else if (action === 'remove') delete node[last]
  else if (action === 'add') node[last] = [...new Set([...list, value])]
  else node[last] = list.filter((item) => item !== value)
  return changed ?? keys
}

/**
 * Returns the node as an object that can be changed: without its reference, or with `allOf` written
 * out.
 */
function openNode(root: OpenAPI, node: unknown, next: string): Record<string, unknown> {
  if (!isObject(node)) return {}
  const target =
    '$ref' in node ? structuredClone(resolveReference<Record<string, unknown>>(root, node as { $ref: string })) : node
  if (next in target || !('allOf' in target || 'anyOf' in target)) return target
  return normalizeSchema(root, target) as Record<string, unknown>
}

/**
 * Returns the outermost place that the contract lacks, or the place itself if its parent exists.
 */
function toExistingParent(contract: OpenAPI, place: Place): Place {
  const parent = place.slice(0, -1)
  return parent.length && valueOf(contract, parent) === undefined ? toExistingParent(contract, parent) : place
}

function valueOf(root: unknown, place: Place): unknown {
  return place.reduce<unknown>((node, key) => (isObject(node) ? node[key] : undefined), root)
}

/** Formats a place as a JSONPath (RFC 9535). */
function toJsonPath(place: Place): string {
  const escape = (key: string) => key.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)
  return `$${place.map((key) => (/^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `['${escape(key)}']`)).join('')}`
}
