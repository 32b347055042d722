import { isObject, type OpenAPI } from '@livepeer-ai/openapi'
import { JSONPathError, query, type JSONPathNode, type JSONValue } from 'json-p3'
import { SpecError } from '../spec/spec-error.ts'
import type { Action, Overlay } from './overlay.ts'

export interface Applied {
  result: OpenAPI
  /**
   * By action: JSON Pointers (RFC 6901) to the removed values, the extended arrays, and the set or
   * merged properties.
   */
  touched: string[][]
}

/**
 * Applies the actions of an overlay in order (Overlay 1.0). The description itself is
 * not changed.
 * An action without a match is an error: the contract has changed, or the target is mistyped.
 */
export function applyOverlay(overlay: Overlay, description: OpenAPI): Applied {
  const result = structuredClone(description)
  const touched = overlay.actions.map((action, index) => {
    const fail = (reason: string) =>
      new SpecError(`${overlay.locate(['actions', index, 'target'])}  actions[${index}] ${action.target}: ${reason}`)
    const nodes = select(result, action, fail)
    if (!nodes.length) throw fail('matches nothing in the description')
    // Removing an array item shifts the items after it, so the last match goes first.
    for (const node of nodes.toReversed()) perform(action, node, fail)
    return nodes.flatMap((node) => places(action, node))
  })
  return { result, touched }
}

function places({ update, remove }: Action, { value, location }: JSONPathNode): string[] {
  if (remove || !isObject(value) || !isObject(update)) return [pointerTo(location)]
  return Object.keys(update).map((key) => pointerTo([...location, key]))
}

/** Returns the JSON Pointer for these keys, outermost first. */
export function pointerTo(keys: (string | number)[]): string {
  return keys.map((key) => `/${`${key}`.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

type Fail = (reason: string) => SpecError

function select(document: OpenAPI, { target }: Action, fail: Fail): JSONPathNode[] {
  try {
    return query(target, document as unknown as JSONValue).nodes
  } catch (error) {
    if (!(error instanceof JSONPathError)) throw error
    throw fail(`is not JSONPath (RFC 9535): ${error.message}`)
  }
}

function perform({ update, remove }: Action, { value, location, root }: JSONPathNode, fail: Fail): void {
  if (remove) {
    const key = location.at(-1)
    if (key === undefined) throw fail('removes the whole description')
    const parent = location.slice(0, -1).reduce<unknown>((node, name) => Reflect.get(node as object, name), root)
    if (Array.isArray(parent)) parent.splice(Number(key), 1)
    else Reflect.deleteProperty(parent as object, key)
  } else if (update === undefined) {
    throw fail('neither updates nor removes')
  } else if (Array.isArray(value)) {
    value.push(structuredClone(update) as JSONValue)
  } else if (isObject(value) && isObject(update)) {
    merge(value, update)
  } else {
    throw fail(`updates ${describe(value)} with ${describe(update)}; an object takes an object, an array takes an item`)
  }
}

/**
 * Merges `update` into `target`: objects are merged, arrays are extended, other values replace the
 * old ones.
 */
function merge(target: Record<string, unknown>, update: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(update)) {
    const present = Object.hasOwn(target, key) ? target[key] : undefined
    if (isObject(present) && isObject(value)) merge(present, value)
    else if (Array.isArray(present) && Array.isArray(value)) present.push(...(structuredClone(value) as unknown[]))
    else target[key] = structuredClone(value)
  }
}

const describe = (value: unknown) =>
  Array.isArray(value) ? 'an array' : isObject(value) ? 'an object' : `a ${typeof value}`
