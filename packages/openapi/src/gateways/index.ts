import { detailLoaders } from '../generated/details.ts'
import { gateways, type GatewayName } from '../generated/gateways.ts'
import type { OpenAPI } from '../openapi.ts'
import type { Deviation } from './deviation.ts'
import type { GatewayProfile } from './gateway-profile.ts'

export * from '../generated/gateways.ts'
export { factOf, meetsAny, meetsCondition } from './condition.ts'
export type { Condition, FactTest } from './condition.ts'
export type { Answer, Deviation, Evidence } from './deviation.ts'
export type { FieldRule, GatewayProfile, Limits } from './gateway-profile.ts'
export { toFileFacts } from './file-facts.ts'
export type { FileFacts } from './file-facts.ts'
export { readForm } from './read-form.ts'
export type { FormPart, FormState } from './read-form.ts'
export { toRequestFacts } from './request-facts.ts'
export type { RequestFacts, RequestSource } from './request-facts.ts'

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

/**
 * Returns the OpenAPI description of this gateway: the contract with the gateway's overlay applied.
 * @param gateway - The gateway profile, its name or an alias.
 * @throws UnknownGatewayError
 */
export async function describeGateway(gateway: string | GatewayProfile): Promise<OpenAPI> {
  return (await loadDetails(gateway)).description
}

/**
 * Returns every known difference between this gateway and the contract.
 * @param gateway - The gateway profile, its name or an alias.
 * @throws UnknownGatewayError
 */
export async function listDeviations(gateway: string | GatewayProfile): Promise<readonly Deviation[]> {
  return (await loadDetails(gateway)).deviations
}

/**
 * Returns the encoder of this gateway's transcripts, or undefined if they look like the examples of
 * the contract. `go` sorts keys, escapes `<`, `>` and `&`, and ends with a line feed.
 * @param gateway - The gateway profile, its name or an alias.
 * @throws UnknownGatewayError
 */
export async function findEncoder(gateway: string | GatewayProfile): Promise<'go' | undefined> {
  return (await loadDetails(gateway)).encoder
}

function loadDetails(gateway: string | GatewayProfile) {
  const { name } = findGateway(typeof gateway === 'string' ? gateway : gateway.name)
  return detailLoaders[name as GatewayName]()
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
