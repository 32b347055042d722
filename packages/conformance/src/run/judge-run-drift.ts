import { isObject, type OpenAPI } from '@livepeer-ai/openapi'
import { describeGateway, type Deviation, type GatewayProfile } from '@livepeer-ai/openapi/gateways'
import { driftChecks } from '../catalogue/areas/drift.ts'
import { confirmDrift, isForeseen } from '../catalogue/confirm-drift.ts'
import { isAddressed, parseJson } from '../catalogue/judgements.ts'
import type { Context, PlannedCheck } from '../check.ts'
import type { DriftFinding } from '../drift-finding.ts'
import type { Exchange } from '../exchange.ts'
import { toExchangeFacts } from '../judge/find-deviation.ts'
import { findExplanations } from '../judge/find-explanations.ts'
import type { Circumstances } from '../judge/judge-check.ts'
import type { Report } from '../report.ts'
import { findContradictions } from '../schema-drift/find-contradictions.ts'
import { findDrift } from '../schema-drift/find-drift.ts'

interface KnownDrift {
  gateway?: GatewayProfile | undefined
  deviations: readonly Deviation[]
  /** The report of a previous run. */
  baseline?: Report | undefined
  now: Date
  isMock?: boolean | undefined
}

interface RunDrift {
  findings: DriftFinding[]
  circumstances: Pick<Circumstances, 'context' | 'hasOwnDescription'>
}

/**
 * Compares the contract, the gateway's own description and these exchanges. A finding that the
 * exchanges disprove is a fault of this suite.
 */
export async function judgeRunDrift(
  context: Context,
  exchanges: readonly Exchange[],
  { gateway, deviations, baseline, now, isMock = false }: KnownDrift,
): Promise<RunDrift> {
  const isOther = context.sample !== undefined
  const own = isOther ? undefined : findOwnDescription(exchanges)
  const { findings: all } = findDrift({
    contract: context.contract.description,
    exchanges: exchanges.filter((exchange) => (isOther ? isForeseen : isPlain)(exchange, context)),
    all: exchanges,
    confirm: isOther ? confirmDrift(context, isMock) : undefined,
    explain: (exchange) => findExplanations(deviations, toExchangeFacts(exchange)),
    own,
    known: gateway && (await describeGateway(gateway)),
    previous: baseline,
    now: now.toISOString(),
  })
  const wrong = findContradictions(context.contract.description, all, exchanges)
  const findings = all.filter((finding) => !wrong.includes(finding))
  return {
    findings,
    circumstances: {
      context: {
        ...context,
        drift: findings.filter((finding) => !finding.known),
        driftFault: wrong.length ? describeFault(wrong) : undefined,
        baseline: baseline && new Set(baseline.drift.map(({ fingerprint }) => fingerprint)),
      },
      hasOwnDescription: own !== undefined,
    },
  }
}

const describeFault = (wrong: readonly DriftFinding[]): string =>
  wrong
    .map(({ class: name, pointer, message }) => `${name} '${message}' at ${pointer} contradicts the exchanges`)
    .join('; ')

/** Adds the check that reports a fault of the comparison, if there is one. */
export function withFaultCheck(checks: readonly PlannedCheck[], { driftFault }: Context): PlannedCheck[] {
  const check = driftChecks.find(({ id }) => id === 'DR-02')
  const isMissing = driftFault !== undefined && !checks.some((planned) => planned.check.id === check?.id)
  return check && isMissing ? [...checks, { check, requests: [] }] : [...checks]
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
