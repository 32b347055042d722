import type { Contract } from '@livepeer-ai/openapi'
import type { Deviation } from '@livepeer-ai/openapi/gateways'
import type { Report } from './report.ts'

interface LaneOptions {
  url: string
  token?: string
  contract: Contract
  maxBytes: number
  timeoutMs?: number
  deviations: readonly Deviation[]
  /** Leaves out the scenarios that send more than the limit. */
  skipOverLimit: boolean
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
    const { counts, results, ok } = await runContract({ ...options, scenarios })
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

/** How the lane is had. */
export const howToAdd = 'Dredd is not installed: npm install --save-dev dredd@14.1.0'
