import { isObject, type OpenAPI } from '@livepeer-ai/openapi'
import { describeGateway, type Deviation, type GatewayProfile } from '@livepeer-ai/openapi/gateways'
import { isAddressed, parseJson } from '../catalogue/judgements.ts'
import type { Context } from '../check.ts'
import type { DriftFinding } from '../drift-finding.ts'
import { findDrift } from '../schema-drift/find-drift.ts'
import type { Exchange } from '../exchange.ts'
import type { Circumstances } from '../judge/judge-check.ts'
import { toExchangeFacts, findDeviation } from '../judge/find-deviation.ts'
import type { Report } from '../report.ts'

interface DriftSources {
  gateway?: GatewayProfile
  deviations: readonly Deviation[]
  /** The report of a run before. */
  baseline?: Report
  now: Date
}

interface RunDrift {
  findings: DriftFinding[]
  circumstances: Pick<Circumstances, 'context' | 'hasOwnDescription'>
}

/** What the contract, the gateway's own description and these exchanges differ in, and what the checks are told of it. */
export async function judgeRunDrift(
  context: Context,
  exchanges: readonly Exchange[],
  { gateway, deviations, baseline, now }: DriftSources,
): Promise<RunDrift> {
  const own = findOwnDescription(exchanges)
  const known = gateway && (await describeGateway(gateway))
  const { findings } = findDrift({
    contract: context.contract.description,
    exchanges: exchanges.filter(
      (exchange) => isPlain(exchange, context) && !findDeviation(deviations, undefined, toExchangeFacts(exchange)),
    ),
    ...(own && { own }),
    ...(known && { known }),
    ...(baseline && { previous: baseline }),
    now: now.toISOString(),
  })
  return {
    findings,
    circumstances: {
      context: {
        ...context,
        drift: findings.filter((finding) => !finding.known),
        ...(baseline && { baseline: new Set(baseline.drift.map(({ fingerprint }) => fingerprint)) }),
      },
      hasOwnDescription: own !== undefined,
    },
  }
}

/** What the gateway says about itself, where a check has asked for it. */
function findOwnDescription(exchanges: readonly Exchange[]): OpenAPI | undefined {
  const exchange = exchanges.find(({ request }) => request.method === 'GET' && request.target.endsWith('/openapi.json'))
  const document = exchange?.response?.status === 200 ? parseJson(exchange) : undefined
  return isObject(document) && typeof document['openapi'] === 'string' ? (document as unknown as OpenAPI) : undefined
}

/** Whether the contract alone decides what is answered: what a client asks for in `Accept` may be refused in ways that it does not have. */
const isPlain = (exchange: Exchange, context: Context): boolean =>
  isAddressed(exchange, context) &&
  !Object.keys(exchange.request.plan.headers ?? {}).some((name) => name.toLowerCase() === 'accept')
