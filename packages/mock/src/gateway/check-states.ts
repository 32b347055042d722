import type { Deviation, GatewayProfile } from '@livepeer-ai/openapi/gateways'

/** Thrown for a state that no deviation of the gateway has. The message lists the known states. */
export class UnknownStateError extends Error {
  override name = 'UnknownStateError' as const
}

/** Throws an UnknownStateError if the gateway does not have one of the states. */
export function checkStates(
  states: readonly string[],
  { name }: GatewayProfile,
  deviations: readonly Deviation[],
): void {
  const conditions = deviations.flatMap(({ when, answers }) => [
    ...when,
    ...answers.flatMap((answer) => answer.when ?? []),
  ])
  const known = [...new Set(conditions.flatMap((condition) => condition['state']?.enum ?? []))]
  const unknown = states.find((state) => !known.includes(state))
  if (unknown === undefined) return
  throw new UnknownStateError(
    `'${name}' has no state '${unknown}'. ${known.length ? `Known: ${known.join(', ')}` : 'It has no states'}`,
  )
}
