import { findGateway, gateways, listDeviations, type GatewayProfile } from '@livepeer-ai/openapi/gateways'
import type { Exchange } from '../exchange.ts'
import { countShownDeviations } from '../judge/find-deviation.ts'

export interface RecognizedGateway {
  gateway: GatewayProfile
  /** The evidence in words. */
  by: string
}

export interface IdentifiedGateway {
  /** The gateway that the options name, or that has a server at the URL. */
  gateway: GatewayProfile | undefined
  /** The gateway that the responses resemble, if none is named. */
  resembled: RecognizedGateway | undefined
}

interface NamedGateway {
  /** Name of a gateway, or `none`; default: the gateway that has a server at the URL. */
  gateway?: string | undefined
}

/** Returns the gateway that the options name, or undefined. */
export const findNamedGateway = ({ gateway }: NamedGateway): GatewayProfile | undefined =>
  gateway && gateway !== 'none' ? findGateway(gateway) : undefined

/**
 * Returns the gateway that the options or the base URL name. Of several gateways at one URL, the
 * exchanges decide. Without a name, returns the gateway that they resemble.
 */
export async function identifyGateway(
  options: NamedGateway,
  url: string,
  exchanges: readonly Exchange[],
): Promise<IdentifiedGateway> {
  if (options.gateway !== undefined) return { gateway: findNamedGateway(options), resembled: undefined }
  const recognized = await recognizeGateway(exchanges)
  const [owner, ...others] = findGatewaysAt(url)
  const gateway = others.find((other) => other === recognized?.gateway) ?? owner
  return { gateway, resembled: gateway ? undefined : recognized }
}

/** Fewer deviations may be a coincidence. */
const fewest = 3

/**
 * Returns the gateway whose deviations these exchanges show, or undefined.
 * At least three deviations must show, or all if there are two. Of the requests that have to show
 * one, at most a fifth may miss. Recognition excuses nothing.
 */
async function recognizeGateway(exchanges: readonly Exchange[]): Promise<RecognizedGateway | undefined> {
  const candidates = await Promise.all(
    Object.values(gateways).map(async (gateway) => ({
      gateway,
      ...countShownDeviations(await listDeviations(gateway), exchanges),
    })),
  )
  const [best] = candidates
    .filter(({ due, shown, hits, misses }) => shown >= Math.max(2, Math.min(fewest, due)) && hits >= 4 * misses)
    .toSorted((a, b) => b.hits - b.misses - (a.hits - a.misses))
  return best && { gateway: best.gateway, by: `${best.shown} of ${best.due} deviations` }
}

/**
 * Returns the gateways that a base URL belongs to, by the servers of their profiles.
 * A loopback address belongs to nobody, because any program may listen there.
 */
export function findGatewaysAt(url: string): GatewayProfile[] {
  const base = new URL(url)
  if (/^(localhost|127\..+|\[::1\])$/.test(base.hostname)) return []
  return Object.values(gateways).filter(({ servers }) => servers.some((server) => isBelow(base, new URL(server))))
}

function isBelow(base: URL, server: URL): boolean {
  const withSlash = ({ pathname }: URL) => pathname.replace(/\/*$/, '/')
  return base.origin === server.origin && withSlash(base).startsWith(withSlash(server))
}
