import { extname } from 'node:path'
import type { Contract } from '@livepeer-ai/openapi'
import type { Deviation } from '@livepeer-ai/openapi/gateways'
import type { Clips } from '../audio/clips.ts'
import type { Scenario } from './scenario.ts'
import { priceAudio, type Cost } from '../wire/cost.ts'
import type { Report } from '../report.ts'
import { UnreachableError } from '../wire/unreachable-error.ts'

interface LaneOptions {
  url: string
  token?: string
  contract: Contract
  maxBytes: number
  timeoutMs?: number
  deviations: readonly Deviation[]
  allowUnsafe?: boolean
  /** `none` for a gateway that is meant to be open to everybody. */
  authentication: 'required' | 'none'
}

const scenarioFile = new URL('../../scenarios/audio-to-text.yaml', import.meta.url)

/** What the lane sends, at the most; undefined when there is no Dredd to send it. What only a mock refuses is transcribed, too. */
export async function costOfLane(contract: Contract, { sentence }: Clips): Promise<Cost | undefined> {
  const { findDredd } = await import('./dredd/load-dredd.ts')
  if (!findDredd()) return undefined
  const { loadScenarios } = await import('./scenario.ts')
  const scenarios = await loadScenarios(scenarioFile, contract)
  const files = scenarios.map(({ parts = {} }) =>
    Object.values(parts).flatMap((part) => (typeof part === 'string' ? [] : [sentence[extname(part.file).slice(1)]!])),
  )
  const audioSeconds = scenarios
    .flatMap(({ status, prefer }, index) => (status.startsWith('2') || prefer ? files[index]! : []))
    .reduce((sum, { seconds }) => sum + seconds, 0)
  return priceAudio({
    requests: scenarios.length,
    audioSeconds,
    bytesSent: files.flat().reduce((sum, { bytes }) => sum + bytes.length, 0),
  })
}

/** The Dredd lane of a run. */
export async function runContractLane(options: LaneOptions): Promise<Lane> {
  const [{ runContract }, { loadScenarios }] = await Promise.all([import('./run-contract.ts'), import('./scenario.ts')])
  try {
    const scenarios = await loadScenarios(scenarioFile, options.contract)
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
    // It was there a moment ago: what was sent last has ended it.
    const verdict = error instanceof UnreachableError ? 'FAIL' : 'ERROR'
    return { verdict, note: (error as Error).message.split('\n')[0]!, ...nothing }
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

type Lane = NonNullable<Report['contractLane']>

const nothing = { pass: 0, fail: 0, known: 0, notProvoked: 0 }

/** A lane that does not run, and what would have to be done so that it does. */
export const disabledLane = (note: string): Lane => ({ verdict: 'DISABLED', note, ...nothing })

/** How the lane is had: Dredd is an optional peer. */
export const howToAdd = 'Dredd is not installed: npm install --save-dev dredd@14.1.0'
