import { gateways } from '../generated/gateways.ts'
import type { GatewayProfile } from './gateway-profile.ts'

export * from '../generated/gateways.ts'
export type { FieldRule, GatewayProfile, Limits } from './gateway-profile.ts'

/** Thrown for an unknown gateway name. The message lists the known names. */
export class UnknownGatewayError extends Error {
  override name = 'UnknownGatewayError' as const
}

/**
 * Returns the profile of the gateway with this name or alias.
 * @throws UnknownGatewayError
 */
export function findGateway(name: string): GatewayProfile {
  const all: GatewayProfile[] = Object.values(gateways)
  const found = all.find((gateway) => gateway.name === name || gateway.aliases.includes(name))
  if (found) return found
  const known = all.flatMap((gateway) => [gateway.name].concat(gateway.aliases)).toSorted()
  const near = nearest(name, known)
  throw new UnknownGatewayError(
    `Unknown gateway '${name}'.${near ? ` Did you mean '${near}'?` : ''} Known: ${known.join(', ')}`,
  )
}

/** Returns the name with the fewest edits, unless they exceed a third of its letters. */
function nearest(name: string, known: string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, edits: distance(name.toLowerCase(), candidate) }))
    .toSorted((left, right) => left.edits - right.edits)
  return best && best.edits <= best.candidate.length / 3 ? best.candidate : undefined
}

/** Returns the Levenshtein distance. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let start = 0; start < from.length; start++) {
    const next = [start + 1]
    for (let end = 0; end < to.length; end++) {
      const replaced = row[end]! + Number(from[start] !== to[end])
      next.push(Math.min(replaced, row[end + 1]! + 1, next[end]! + 1))
    }
    row = next
  }
  return row[to.length]!
}
