import { fileURLToPath } from 'node:url'
import * as conformance from '@livepeer-ai/conformance'
import { defects } from '@livepeer-ai/mock/defects'
import * as contract from '@livepeer-ai/openapi/contract'
import { listDeviations } from '@livepeer-ai/openapi/gateways'
import { hasSchemathesis, runSchemathesis } from '../run-schemathesis.ts'
import type { Finding, RunSuite } from './run-mutants.ts'

export interface Suite {
  run: RunSuite
  /** Number of simultaneous runs. */
  concurrency: number
}

const scenarios = new URL('../../packages/conformance/scenarios/audio-to-text.yaml', import.meta.url)

/** The contract lane: Dredd and the second judge. Dredd supports one run at a time. */
const contractLane: Suite = {
  concurrency: 1,
  async run(url, token, { maxBytes, gateway }) {
    const { results } = await conformance.runContract({
      url,
      token,
      maxBytes,
      contract,
      scenarios: await conformance.loadScenarios(scenarios, contract),
      timeoutMs: 10_000,
      ...(gateway && { deviations: await listDeviations(gateway) }),
    })
    return results.map(({ status, scenario = 'uncovered', outcome }) => ({
      id: `${status} ${scenario}`,
      verdict: outcome === 'fail' ? 'FAIL' : 'PASS',
    }))
  },
}

/** The prefixes of all check ids. A profile would leave some checks out. */
const areas = [...new Set(defects.flatMap(({ checks }) => checks.map((id) => id.slice(0, 2))))]

type RunCatalogue = (options: {
  url: string
  token: string
  maxBytes: number
  signal: AbortSignal
  profile: 'strict'
  only: string[]
  lanes: 'catalogue'[]
  gateway: string
  allowUnsafe: boolean
  timeoutMs: number
}) => Promise<{ checks: readonly Finding[] }>

/** Returns the suite with all checks of the catalogue. */
function createCatalogue(runSuite: RunCatalogue): Suite {
  return {
    concurrency: 2,
    async run(url, token, { maxBytes, signal, gateway = 'none' }) {
      try {
        const { checks } = await runSuite({
          url,
          token,
          maxBytes,
          signal,
          profile: 'strict',
          only: areas,
          lanes: ['catalogue'],
          gateway,
          allowUnsafe: true,
          timeoutMs: 10_000,
        })
        return checks
      } catch (error) {
        // An error about the whole gateway notices the defect, but is not a check of it.
        if (error instanceof Error && /^(Unreachable|Credentials)Error$/.test(error.name))
          return [{ id: error.name, verdict: 'FAIL' }]
        throw error
      }
    },
  }
}

const { runSuite } = conformance as { runSuite?: RunCatalogue }

/** Schemathesis. A finding is a kind of failure of an operation. */
const schemathesis: Suite = {
  concurrency: 1,
  async run(url, token, { signal }) {
    const description = fileURLToPath(import.meta.resolve('@livepeer-ai/openapi/openapi.json'))
    const limits = ['--max-examples', '20', '--request-timeout', '10']
    const args = ['-H', `Authorization: Bearer ${token}`, ...limits]
    const findings = await runSchemathesis({ description, url, args, signal })
    return findings.map((id) => ({ id, verdict: 'FAIL' }))
  },
}

/** The available suites. */
export const suites: Record<string, Suite> = {
  ...(runSuite && { conformance: createCatalogue(runSuite) }),
  contract: contractLane,
  ...(hasSchemathesis() && { schemathesis }),
}
