import type { ListedDefect } from '@livepeer-ai/mock/defects'
import { inParallel } from '../in-parallel.ts'
import type { Mutant } from './start-mutant.ts'

/** The verdict of one check of a suite about a gateway. */
export interface Finding {
  id: string
  verdict: string
}

/** A suite under test. The signal aborts it. */
export type RunSuite = (
  url: string,
  token: string,
  options: { maxBytes: number; signal: AbortSignal; gateway: string | undefined },
) => Promise<readonly Finding[]>

/**
 * `killed`: found by a check of the defect; `noticed`: found only by other checks; `broken`: the
 * suite returned no findings.
 */
export type Fate = 'killed' | 'noticed' | 'survived' | 'broken'

export interface MutantResult {
  name: string
  area: string
  summary: string
  fate: Fate
  /** The checks of the defect that complain more than without it. */
  killers: string[]
  /** Other checks that complain more than without it. */
  bystanders: string[]
  /** The error of a broken run. */
  error?: string
  /** Number of requests that it received. */
  requests: number
  ms: number
}

export interface MutantsReport {
  suite: string
  /** Checks that complain about the gateway without a defect. */
  falseAlarms: Finding[]
  /** The share of the mutants that are killed, from 0 to 1. */
  score: number
  counts: Record<Fate, number>
  mutants: MutantResult[]
  /** Number of requests that the gateway without a defect received. */
  requests: number
  ms: number
}

export interface MutantsOptions {
  suite: string
  run: RunSuite
  defects: readonly ListedDefect[]
  start: (names: readonly string[]) => Promise<Mutant>
  /** The imitated gateway, whose deviations are known. */
  gateway?: string | undefined
  token: string
  maxBytes: number
  /** Number of simultaneous mutants. */
  concurrency: number
  /** Time limit of the suite for one mutant. */
  timeoutMs: number
  onResult?: ((result: MutantResult) => void) | undefined
}

/** The weights of the verdicts that are complaints. */
const complaints: Record<string, number> = { FLAKY: 1, WARN: 1, FAIL: 2 }

/**
 * Runs a suite against the gateway without a defect and with each defect. Only a complaint that is
 * worse than without the defect counts.
 *
 * @throws the error of the suite about the gateway without a defect
 */
export async function runMutants(options: MutantsOptions): Promise<MutantsReport> {
  const { suite, defects, concurrency, onResult } = options
  const begin = performance.now()
  const clean = await listComplaints([], options)
  if ('error' in clean) throw clean.error
  const { complaints: falseAlarms, requests } = clean
  const alarms = new Map(falseAlarms.map(({ id, verdict }) => [id, complaints[verdict]!]))
  const mutants = await inParallel(concurrency, defects, async (defect) => {
    const result = await examineMutant(defect, alarms, options)
    onResult?.(result)
    return result
  })
  const counts: Record<Fate, number> = { killed: 0, noticed: 0, survived: 0, broken: 0 }
  for (const { fate } of mutants) counts[fate]++
  const score = mutants.length ? counts.killed / mutants.length : 1
  return { suite, falseAlarms, score, counts, mutants, requests, ms: Math.round(performance.now() - begin) }
}

async function examineMutant(
  { name, area, summary, checks }: ListedDefect,
  alarms: ReadonlyMap<string, number>,
  options: MutantsOptions,
): Promise<MutantResult> {
  const begin = performance.now()
  const found = await listComplaints([name], options)
  const known = { name, area, summary, requests: found.requests, ms: Math.round(performance.now() - begin) }
  if ('error' in found) return { ...known, fate: 'broken', killers: [], bystanders: [], error: found.error.message }
  const complaining = found.complaints
    .filter(({ id, verdict }) => complaints[verdict]! > (alarms.get(id) ?? 0))
    .map(({ id }) => id)
  const killers = complaining.filter((id) => checks.includes(id))
  const bystanders = complaining.filter((id) => !checks.includes(id))
  return { ...known, fate: killers.length ? 'killed' : bystanders.length ? 'noticed' : 'survived', killers, bystanders }
}

/** Returns the complaints of the suite, or its error. */
async function listComplaints(
  names: readonly string[],
  { start, run, token, maxBytes, timeoutMs, gateway: known }: MutantsOptions,
): Promise<{ requests: number } & ({ complaints: Finding[] } | { error: Error })> {
  await using gateway = await start(names)
  const signal = AbortSignal.timeout(timeoutMs)
  const late = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(new Error(`the suite took longer than ${timeoutMs} ms`)), {
      once: true,
    }),
  )
  try {
    const findings = await Promise.race([run(gateway.url, token, { maxBytes, signal, gateway: known }), late])
    return { requests: gateway.requests(), complaints: findings.filter(({ verdict }) => verdict in complaints) }
  } catch (error) {
    return { requests: gateway.requests(), error: error as Error }
  }
}
