import { detailLoaders } from '../generated/details.ts'
import type { GatewayName } from '../generated/gateways.ts'
import type { OpenAPI } from '../openapi.ts'
import type { Deviation } from './deviation.ts'
import type { GatewayProfile } from './gateway-profile.ts'
import { findGateway } from './profiles.ts'

export * from './profiles.ts'
export { factOf, meetsAny, meetsCondition } from './condition.ts'
export type { Condition, FactTest } from './condition.ts'
export type { Answer, Deviation, Evidence } from './deviation.ts'
export { toFileFacts } from './file-facts.ts'
export type { FileFacts } from './file-facts.ts'
export { readForm } from './read-form.ts'
export type { FormPart, FormState } from './read-form.ts'
export { toRequestFacts } from './request-facts.ts'
export type { RequestFacts, RequestSource } from './request-facts.ts'

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
