import { gateways, listDeviations, type Deviation, type GatewayProfile } from '@livepeer-ai/openapi/gateways'
import type { Exchange } from '../exchange.ts'
import { judgeDeviations, type DeviationState } from '../judge/find-deviation.ts'

export interface RecognizedGateway {
  gateway: GatewayProfile
  /** The evidence in words. */
  by: string
}

/** Fewer deviations may be a coincidence, unless no more could show. */
const fewest = 3

/**
 * Returns the gateway whose deviations these exchanges show, or undefined.
 * At least three or all of its deviations must show, and at least four for each one that is
 * missing.
 */
export async function recognizeGateway(exchanges: readonly Exchange[]): Promise<RecognizedGateway | undefined> {
  const candidates = await Promise.all(
    Object.values(gateways).map(async (gateway) => {
      const seen = countStates(await listDeviations(gateway), exchanges)
      return { gateway, ...seen }
    }),
  )
  const [best] = candidates
    .filter(({ met, missed }) => met > 0 && met >= Math.min(fewest, met + missed) && met >= 4 * missed)
    .toSorted((a, b) => b.met - b.missed - (a.met - a.missed))
  return (
    best && {
      gateway: best.gateway,
      by: `${best.met} of its ${best.met + best.missed} deviations that had to show`,
    }
  )
}

function countStates(
  deviations: readonly Deviation[],
  exchanges: readonly Exchange[],
): { met: number; missed: number } {
  const states = [...judgeDeviations(deviations, exchanges).values()]
  const count = (state: DeviationState) => states.filter((one) => one === state).length
  return { met: count('known'), missed: count('stale') }
}
