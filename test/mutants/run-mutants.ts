import type { ListedDefect } from '@livepeer-ai/mock/defects'
import { inParallel } from './in-parallel.ts'
import type { Mutant } from './start-mutant.ts'

/** What a suite says about a gateway: the verdict of each check. */
export interface Finding {
  id: string
  verdict: string
}

/** A suite under test. It ends early with the signal. */
export type RunSuite = (
  url: string,
  token: string,
  options: { maxBytes: number; signal: AbortSignal; gateway?: string },
) => Promise<readonly Finding[]>

/** `killed`: by a check that is about the defect; `noticed`: only by others; `broken`: the suite gave no findings. */
export type Fate = 'killed' | 'noticed' | 'survived' | 'broken'

export interface MutantResult {
  name: string
  area: string
  summary: string
  fate: Fate
  /** The checks about it that complain more than without the defect. */
  killers: string[]
  /** The other ones. */
  bystanders: string[]
  /** Why it is broken. */
  error?: string
  /** Requests that it got. */
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
  /** Requests that the gateway without a defect got. */
  requests: number
  ms: number
}

export interface MutantsOptions {
  suite: string
  run: RunSuite
  defects: readonly ListedDefect[]
  start: (names: readonly string[]) => Promise<Mutant>
  /** The gateway whose deviations are known, if they are. */
  gateway?: string
  token: string
  maxBytes: number
  /** How many mutants live at a time. */
  concurrency: number
  /** How long the suite may take for one. */
  timeoutMs: number
  onResult?: (result: MutantResult) => void
}

/** The verdicts that complain, by how much. */
const complaints: Record<string, number> = { FLAKY: 1, WARN: 1, FAIL: 2 }

/**
 * Runs a suite against the gateway without a defect and with each of them. A complaint that is no worse than without the defect says nothing about it.
 *
 * @throws what the suite throws about the gateway without a defect
 */
export async function runMutants(options: MutantsOptions): Promise<MutantsReport> {
  const { suite, defects, concurrency, onResult } = options
  const begin = performance.now()
  const clean = await complaintsAbout([], options)
  if ('error' in clean) throw clean.error
  const { complaints: falseAlarms, requests } = clean
  const alarms = new Map(falseAlarms.map(({ id, verdict }) => [id, complaints[verdict]!]))
  const mutants = await inParallel(concurrency, defects, async (defect) => {
    const result = await examine(defect, alarms, options)
    onResult?.(result)
    return result
  })
  const counts: Record<Fate, number> = { killed: 0, noticed: 0, survived: 0, broken: 0 }
  for (const { fate } of mutants) counts[fate]++
  const score = mutants.length ? counts.killed / mutants.length : 1
  return { suite, falseAlarms, score, counts, mutants, requests, ms: Math.round(performance.now() - begin) }
}

async function examine(
  { name, area, summary, checks }: ListedDefect,
  alarms: ReadonlyMap<string, number>,
  options: MutantsOptions,
): Promise<MutantResult> {
  const begin = performance.now()
  const found = await complaintsAbout([name], options)
  const known = { name, area, summary, requests: found.requests, ms: Math.round(performance.now() - begin) }
  if ('error' in found) return { ...known, fate: 'broken', killers: [], bystanders: [], error: found.error.message }
  const complaining = found.complaints
    .filter(({ id, verdict }) => complaints[verdict]! > (alarms.get(id) ?? 0))
    .map(({ id }) => id)
  const killers = complaining.filter((id) => checks.includes(id))
  const bystanders = complaining.filter((id) => !checks.includes(id))
  return { ...known, fate: killers.length ? 'killed' : bystanders.length ? 'noticed' : 'survived', killers, bystanders }
}

/** What the suite complains about, or why it gave no findings. */
async function complaintsAbout(
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
    const findings = await Promise.race([
      run(gateway.url, token, { maxBytes, signal, ...(known && { gateway: known }) }),
      late,
    ])
    return { requests: gateway.requests(), complaints: findings.filter(({ verdict }) => verdict in complaints) }
  } catch (error) {
    return { requests: gateway.requests(), error: error as Error }
  }
}
