import { gateways, listDeviations, type Deviation, type Gateway } from '@livepeer-ai/openapi/gateways'
import type { Exchange } from './exchange.ts'
import { isExercisedBy, asShown, shows } from './known-deviations.ts'

export interface Recognised {
  gateway: Gateway
  /** What gave it away, in words. */
  by: string
}

/** Fewer could be chance, unless it is all that there is to see. */
const fewest = 3

/** The gateway whose deviations these exchanges show: at least three of them or all, and nearly all that had to show. */
export async function recogniseGateway(exchanges: readonly Exchange[]): Promise<Recognised | undefined> {
  const candidates = await Promise.all(
    Object.values(gateways).map(async (gateway) => {
      const seen = tally(await listDeviations(gateway), exchanges)
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

function tally(deviations: readonly Deviation[], exchanges: readonly Exchange[]): { met: number; missed: number } {
  let met = 0
  let missed = 0
  for (const deviation of deviations) {
    const exercised = exchanges.filter((exchange) => isExercisedBy(deviation, asShown(exchange)))
    if (exercised.some((exchange) => shows(deviation, asShown(exchange)))) met++
    else if (exercised.length) missed++
  }
  return { met, missed }
}
