import { basename } from 'node:path'
import type { Contract, OpenAPI } from '@livepeer-ai/openapi'
import type { Deviation } from '@livepeer-ai/openapi/gateways'
import type { Clips } from '../audio/clips.ts'
import type { Report, ReportedExchange } from '../report.ts'
import { priceAudio, type Cost } from '../wire/cost.ts'
import { UnreachableError } from '../wire/unreachable-error.ts'
import type { Scenario } from './scenario.ts'

interface LaneOptions {
  url: string
  token?: string | undefined
  contract: Contract
  maxBytes: number
  timeoutMs?: number | undefined
  deviations: readonly Deviation[]
  /** The contract with the overlay of the gateway. */
  known?: OpenAPI | undefined
  allowUnsafe?: boolean | undefined
  /** `none` for a gateway that requires no token. */
  authentication: 'required' | 'none'
}

const scenarioFile = new URL('../../scenarios/audio-to-text.yaml', import.meta.url)

/**
 * Returns an upper bound for the cost of the lane, or undefined if Dredd is not installed.
 * Requests that only a mock refuses count as transcribed.
 */
export async function estimateLaneCost(contract: Contract, { containers }: Clips): Promise<Cost | undefined> {
  const { findDredd } = await import('./dredd/load-dredd.ts')
  if (!findDredd()) return undefined
  const { loadScenarios } = await import('./scenario.ts')
  const scenarios = await loadScenarios(scenarioFile, contract)
  const total = { requests: scenarios.length, audioSeconds: 0, bytesSent: 0 }
  for (const { status, prefer, parts = {} } of scenarios) {
    const isTranscribed = status.startsWith('2') || Boolean(prefer)
    for (const part of Object.values(parts)) {
      if (typeof part === 'string') continue
      const clip = Object.values(containers).find(({ filename }) => filename === basename(part.file))
      if (!clip) throw new Error(`${part.file} is not a short clip`)
      total.bytesSent += clip.bytes.length
      if (isTranscribed) total.audioSeconds += clip.seconds
    }
  }
  return priceAudio(total)
}

/** The part of the contract lane in the report of a run. */
export interface LaneResults {
  summary: NonNullable<Report['contractLane']>
  /** Absent if the lane did not run. */
  cost?: Cost | undefined
  /** The exchanges of the failed scenarios. */
  exchanges: ReportedExchange[]
}

/** Runs the contract lane as part of a run of the suite. */
export async function runContractLane(options: LaneOptions): Promise<Omit<LaneResults, 'cost'>> {
  const [{ runContract }, { loadScenarios }, { toChecks, toExchanges }] = await Promise.all([
    import('./run-contract.ts'),
    import('./scenario.ts'),
    import('./report/to-report.ts'),
  ])
  try {
    const scenarios = await loadScenarios(scenarioFile, options.contract)
    const { counts, results, ok, startedAt } = await runContract({ ...options, scenarios, skip: skipFor(options) })
    const summary: LaneResults['summary'] = {
      verdict: ok ? 'PASS' : 'FAIL',
      pass: counts.pass,
      fail: counts.fail + counts.uncovered,
      known: counts.known,
      notProvoked: counts['not-provoked'],
      failures: toChecks(results).filter(({ verdict }) => verdict === 'FAIL'),
    }
    return {
      summary,
      exchanges: results
        .filter(({ outcome }) => outcome === 'fail')
        .flatMap((result) => toExchanges(result, startedAt)),
    }
  } catch (error) {
    // The gateway was reachable before: one of the requests has stopped it.
    const verdict = error instanceof UnreachableError ? 'FAIL' : 'ERROR'
    return { summary: { ...emptyLane(verdict), note: (error as Error).message.replace(/\n.*/s, '') }, exchanges: [] }
  }
}

/**
 * Returns a function that names the reason to skip a scenario, or undefined for a scenario to send.
 */
function skipFor({ allowUnsafe, authentication }: LaneOptions): (scenario: Scenario) => string | undefined {
  return ({ status, parts = {} }) => {
    if (authentication === 'none' && status === '401') return 'skipped: the gateway requires no token'
    const isOverLimit = Object.values(parts).some((part) => typeof part !== 'string' && part.size === 'over-limit')
    return isOverLimit && !allowUnsafe ? 'skipped: it sends more than the upload limit' : undefined
  }
}

const emptyLane = (verdict: LaneResults['summary']['verdict']): LaneResults['summary'] => ({
  verdict,
  pass: 0,
  fail: 0,
  known: 0,
  notProvoked: 0,
  failures: [],
})

/** Makes the results of a lane that does not run; `note` says why. */
export const toDisabledLane = (note: string): LaneResults => ({
  summary: { ...emptyLane('DISABLED'), note },
  exchanges: [],
})

/** Message for users without Dredd, which is an optional peer dependency. */
export const installHint = 'Dredd is not installed: npm install --save-dev dredd@14.1.0'
