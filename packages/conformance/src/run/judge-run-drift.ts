import { isObject, type OpenAPI } from '@livepeer-ai/openapi'
import { describeGateway, type Deviation, type GatewayProfile } from '@livepeer-ai/openapi/gateways'
import { isAddressed, parseJson } from '../catalogue/judgements.ts'
import type { Context } from '../check.ts'
import type { DriftFinding } from '../drift-finding.ts'
import type { Exchange } from '../exchange.ts'
import { findDeviation, toExchangeFacts } from '../judge/find-deviation.ts'
import type { Circumstances } from '../judge/judge-check.ts'
import type { Report } from '../report.ts'
import { findDrift } from '../schema-drift/find-drift.ts'

interface KnownDrift {
  gateway?: GatewayProfile | undefined
  deviations: readonly Deviation[]
  /** The report of a previous run. */
  baseline?: Report | undefined
  now: Date
}

interface RunDrift {
  findings: DriftFinding[]
  circumstances: Pick<Circumstances, 'context' | 'hasOwnDescription'>
}

/** Compares the contract, the gateway's own description and these exchanges. */
export async function judgeRunDrift(
  context: Context,
  exchanges: readonly Exchange[],
  { gateway, deviations, baseline, now }: KnownDrift,
): Promise<RunDrift> {
  const own = findOwnDescription(exchanges)
  const { findings } = findDrift({
    contract: context.contract.description,
    exchanges: exchanges.filter(
      (exchange) => isPlain(exchange, context) && !findDeviation(deviations, undefined, toExchangeFacts(exchange)),
    ),
    own,
    known: gateway && (await describeGateway(gateway)),
    previous: baseline,
    now: now.toISOString(),
  })
  return {
    findings,
    circumstances: {
      context: {
        ...context,
        drift: findings.filter((finding) => !finding.known),
        baseline: baseline && new Set(baseline.drift.map(({ fingerprint }) => fingerprint)),
      },
      hasOwnDescription: own !== undefined,
    },
  }
}

/** Returns the description that the gateway publishes, if a check has requested it. */
function findOwnDescription(exchanges: readonly Exchange[]): OpenAPI | undefined {
  const exchange = exchanges.find(({ request }) => request.method === 'GET' && request.target.endsWith('/openapi.json'))
  const document = exchange?.response?.status === 200 ? parseJson(exchange) : undefined
  return isObject(document) && typeof document['openapi'] === 'string' ? (document as unknown as OpenAPI) : undefined
}

/** Returns true without an Accept header, which a gateway may reject in undocumented ways. */
const isPlain = (exchange: Exchange, context: Context): boolean =>
  isAddressed(exchange, context) &&
  !Object.keys(exchange.request.plan.headers ?? {}).some((name) => name.toLowerCase() === 'accept')
