import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import * as conformance from '@livepeer-ai/conformance'
import { defects } from '@livepeer-ai/mock/defects'
import * as contract from '@livepeer-ai/openapi/contract'
import { listDeviations } from '@livepeer-ai/openapi/gateways'
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

/** Of all checks, by how their ids begin: a profile would leave some out. */
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

/** The catalogue of checks, all that it has. */
function catalogue(runSuite: RunCatalogue): Suite {
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
        // To refuse a gateway as a whole is to notice, and to find nothing.
        if (error instanceof Error && /^(Unreachable|Credentials)Error$/.test(error.name))
          return [{ id: error.name, verdict: 'FAIL' }]
        throw error
      }
    },
  }
}

const { runSuite } = conformance as { runSuite?: RunCatalogue }

/** Schemathesis, where `st` is on PATH; a complaint is a kind of failure at an operation. */
const schemathesis: Suite = {
  concurrency: 1,
  async run(url, token, { signal }) {
    const folder = await mkdtemp(join(tmpdir(), 'schemathesis-'))
    const description = fileURLToPath(import.meta.resolve('@livepeer-ai/openapi/openapi.json'))
    const report = join(folder, 'report.json')
    const options = [
      '--seed',
      '1',
      '--max-examples',
      '20',
      '--no-shrink',
      '--continue-on-failure',
      '--request-timeout',
      '10',
    ]
    const where = ['-u', url, '-H', `Authorization: Bearer ${token}`, '--report-json-path', report]
    try {
      // It exits with 1 when it has found something.
      await promisify(execFile)('st', ['run', description, ...where, ...options], { cwd: folder, signal }).catch(
        (error: { code?: unknown }) => {
          if (error.code !== 1) throw error
        },
      )
      const { failures } = JSON.parse(await readFile(report, 'utf8')) as {
        failures: { code: string; operations: string[] }[]
      }
      return failures.flatMap(({ code, operations }) =>
        operations.map((operation) => ({ id: `${code} ${operation}`, verdict: 'FAIL' })),
      )
    } finally {
      await rm(folder, { recursive: true })
    }
  },
}

const hasSchemathesis = spawnSync('st', ['--version']).status === 0

/** The suites that can be set upon the mutants. */
export const suites: Record<string, Suite> = {
  ...(runSuite && { conformance: catalogue(runSuite) }),
  contract: contractLane,
  ...(hasSchemathesis && { schemathesis }),
}
