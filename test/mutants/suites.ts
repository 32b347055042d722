import * as conformance from '@livepeer-ai/conformance'
import * as contract from '@livepeer-ai/openapi/contract'
import type { RunSuite } from './run-mutants.ts'

const scenarios = new URL('../../packages/conformance/scenarios/audio-to-text.yaml', import.meta.url)

/** The suites that can be set upon the mutants. */
export const suites: Record<string, { run: RunSuite; concurrency: number }> = {
  /** The contract lane alone: what Dredd and the second judge see. Two at a time would share Dredd's hooks. */
  contract: {
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
  },
}
