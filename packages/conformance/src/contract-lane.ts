import type { Contract } from '@livepeer-ai/openapi'
import type { Deviation } from '@livepeer-ai/openapi/gateways'
import type { Scenario } from './contract/scenario.ts'
import type { Report } from './report.ts'

interface LaneOptions {
  url: string
  token?: string
  contract: Contract
  maxBytes: number
  timeoutMs?: number
  deviations: readonly Deviation[]
  allowUnsafe: boolean
  /** `none` for a gateway that is meant to be open to everybody. */
  authentication: 'required' | 'none'
}

/** The Dredd lane of a run. Dredd is an optional peer: without it the lane is DISABLED, with the command that adds it. */
export async function runContractLane(options: LaneOptions): Promise<NonNullable<Report['contractLane']>> {
  const none = { pass: 0, fail: 0, known: 0, notProvoked: 0 }
  const { findDredd } = await import('./contract/dredd/load-dredd.ts')
  if (!findDredd()) return { verdict: 'DISABLED', note: howToAdd, ...none }
  const [{ runContract }, { loadScenarios }] = await Promise.all([
    import('./contract/run-contract.ts'),
    import('./contract/scenario.ts'),
  ])
  try {
    const scenarios = await loadScenarios(new URL('../scenarios/audio-to-text.yaml', import.meta.url), options.contract)
    const { counts, results, ok } = await runContract({ ...options, scenarios, skip: skipFor(options) })
    const first = results.find(({ outcome }) => outcome === 'fail')
    return {
      verdict: ok ? 'PASS' : 'FAIL',
      ...(first && { note: `${first.status} ${first.scenario ?? ''}: ${first.problems[0]?.message ?? ''}` }),
      pass: counts.pass,
      fail: counts.fail + counts.uncovered,
      known: counts.known,
      notProvoked: counts['not-provoked'],
    }
  } catch (error) {
    return { verdict: 'ERROR', note: (error as Error).message.split('\n')[0]!, ...none }
  }
}

/** A scenario that this run must not send, or that this gateway is not meant to answer as documented. */
function skipFor({ allowUnsafe, authentication }: LaneOptions): (scenario: Scenario) => string | undefined {
  return ({ status, parts = {} }) => {
    if (authentication === 'none' && status === '401') return 'left out: the gateway is meant to ask for no token'
    const isOverLimit = Object.values(parts).some((part) => typeof part !== 'string' && part.size === 'over-limit')
    return isOverLimit && !allowUnsafe ? 'left out: it sends more than the limit' : undefined
  }
}

/** How the lane is had. */
export const howToAdd = 'Dredd is not installed: npm install --save-dev dredd@14.1.0'
