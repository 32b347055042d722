import { isObject, resolveReference, type OpenAPI } from '@livepeer-ai/openapi'
import { normalizeSchema } from '@livepeer-ai/openapi/normalize-schema'
import { stringify } from 'yaml'
import type { DriftChange, DriftFinding } from '../drift-finding.ts'

/**
 * An OpenAPI Overlay 1.0 document (YAML) that changes the contract so that it says what was seen: afterwards these findings are none.
 * Where the contract refers to something shared, the reference is replaced by a copy, so that nothing else changes.
 */
export function acceptDrift(contract: OpenAPI, findings: readonly DriftFinding[], title = 'Accepted drift'): string {
  const draft = structuredClone(contract)
  const places = findings.flatMap(({ changes, message, class: name }) =>
    changes.map((change) => ({ place: settled(contract, apply(draft, change)), reason: `${name}: ${message}` })),
  )
  const outermost = places
    .map(({ place }) => place)
    .filter((place, index, all) => all.findIndex((one) => one.join('\n') === place.join('\n')) === index)
    .filter((place, _, all) => !all.some((other) => other.length < place.length && isWithin(place, other)))
  const actions = outermost.flatMap((place) => {
    const [parent, key] = [place.slice(0, -1), place.at(-1)!]
    const value = valueOf(draft, place)
    const reasons = places.filter((one) => isWithin(one.place, place)).map(({ reason }) => reason)
    const description = [...new Set(reasons)].join('; ')
    return [
      ...(valueOf(contract, place) === undefined ? [] : [{ target: jsonPath(place), description, remove: true }]),
      ...(value === undefined ? [] : [{ target: jsonPath(parent), description, update: { [key]: value } }]),
    ]
  })
  return stringify({ overlay: '1.0.0', info: { title, version: '1.0.0' }, actions }, { aliasDuplicateObjects: false })
}

type Place = string[]

const isWithin = (place: Place, other: Place) => other.every((key, index) => place[index] === key)

/** Makes the change and returns the outermost thing that is another now, which is never an item of a list. */
function apply(root: OpenAPI, { pointer, action, value }: DriftChange): Place {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  const last = keys.at(-1)!
  let node = root as unknown as Record<string, unknown>
  let changed: Place | undefined
  for (const [index, key] of keys.slice(0, -1).entries()) {
    const here = keys.slice(0, index + 1)
    const child = opened(root, node[key], keys[index + 1]!)
    if (child !== node[key]) {
      node[key] = child
      changed ??= here
    }
    node = node[key] as Record<string, unknown>
  }
  const list = Array.isArray(node[last]) ? (node[last] as unknown[]) : []
  if (action === 'set') node[last] = structuredClone(value)
  else if (action === 'remove') delete node[last]
  else if (action === 'add') node[last] = [...new Set([...list, value])]
  else node[last] = list.filter((item) => item !== value)
  return changed ?? keys
}

/** What stands at a key, as something of its own that can be gone into and changed: references and compositions written out. */
function opened(root: OpenAPI, node: unknown, next: string): Record<string, unknown> {
  if (!isObject(node)) return {}
  const target =
    '$ref' in node ? structuredClone(resolveReference<Record<string, unknown>>(root, node as { $ref: string })) : node
  if (next in target || !('allOf' in target || 'anyOf' in target)) return target
  return normalizeSchema(root, target) as Record<string, unknown>
}

/** What is put where nothing is yet goes in with the outermost thing that is missing. */
function settled(contract: OpenAPI, place: Place): Place {
  const parent = place.slice(0, -1)
  return parent.length && valueOf(contract, parent) === undefined ? settled(contract, parent) : place
}

function valueOf(root: unknown, place: Place): unknown {
  return place.reduce<unknown>((node, key) => (isObject(node) ? node[key] : undefined), root)
}

/** RFC 9535. */
const jsonPath = (place: Place) =>
  `$${place.map((key) => (/^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `['${key.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}']`)).join('')}`
