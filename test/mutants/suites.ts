import * as conformance from '@livepeer-ai/conformance'
import * as contract from '@livepeer-ai/openapi/contract'
import type { Finding, RunSuite } from './run-mutants.ts'

interface Suite {
  run: RunSuite
  /** How many of its runs may go on at a time. */
  concurrency: number
}

const scenarios = new URL('../../packages/conformance/scenarios/audio-to-text.yaml', import.meta.url)

/** The contract lane alone: what Dredd and the second judge see. Dredd's hooks bear one run at a time. */
const contractLane: Suite = {
  concurrency: 1,
  async run(url, token, { maxBytes }) {
    const { results } = await conformance.runContract({
      url,
      token,
      maxBytes,
      contract,
      scenarios: await conformance.loadScenarios(scenarios, contract),
      timeoutMs: 10_000,
    })
    return results.map(({ status, scenario = 'uncovered', outcome }) => ({
      id: `${status} ${scenario}`,
      verdict: outcome === 'fail' ? 'FAIL' : 'PASS',
    }))
  },
}

type RunCatalogue = (options: {
  url: string
  token: string
  maxBytes: number
  signal: AbortSignal
  profile: 'strict'
  lanes: 'catalogue'[]
  gateway: string
  allowUnsafe: boolean
  timeoutMs: number
}) => Promise<{ checks: readonly Finding[] }>

/** The catalogue of checks, all that it has. */
function catalogue(runSuite: RunCatalogue): Suite {
  return {
    concurrency: 2,
    async run(url, token, { maxBytes, signal }) {
      try {
        const { checks } = await runSuite({
          url,
          token,
          maxBytes,
          signal,
          profile: 'strict',
          lanes: ['catalogue'],
          gateway: 'none',
          allowUnsafe: true,
          timeoutMs: 10_000,
        })
        return checks
      } catch (error) {
        // To refuse a gateway as a whole is to notice, and to find nothing.
        if (error instanceof Error && /^(Unreachable|Credentials)Error$/.test(error.name))
          return [{ id: error.name, verdict: 'FAIL' }]
        throw error
      }
    },
  }
}

const { runSuite } = conformance as { runSuite?: RunCatalogue }

/** The suites that can be set upon the mutants. */
export const suites: Record<string, Suite> = {
  ...(runSuite && { conformance: catalogue(runSuite) }),
  contract: contractLane,
}
