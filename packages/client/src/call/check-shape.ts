import type { Shape } from '@livepeer-ai/openapi'

/**
 * Returns the place and kind of the first difference from a shape, or undefined. Additional
 * properties are allowed.
 */
export function findDifference(value: unknown, shape: Shape, at = 'it'): string | undefined {
  const is = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  const { type, required = [], properties = {}, items } = shape
  if (type && !type.includes(is)) return `${at} is ${is}, not ${type.join(' or ')}`
  if (typeof value !== 'object' || !value) return undefined
  const missing = required.find((name) => !(name in value))
  if (missing) return `${at}/${missing} is missing`
  return Object.entries(value)
    .map(([name, part]) => findDifference(part, (is === 'array' ? items : properties[name]) ?? {}, `${at}/${name}`))
    .find(Boolean)
}
