import type { ListedDrift } from '@livepeer-ai/mock/drift'
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
  options: { maxBytes: number; signal: AbortSignal },
) => Promise<readonly Finding[]>

/** `killed`: by a check that is about the defect; `noticed`: only by others; `broken`: the suite gave no findings. */
export type Fate = 'killed' | 'noticed' | 'survived' | 'broken'

export interface MutantResult {
  name: string
  area: string
  summary: string
  fate: Fate
  /** The checks about it that complain, and do not without the defect. */
  killers: string[]
  /** The other ones. */
  bystanders: string[]
  /** Why it is broken. */
  error?: string
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
  ms: number
}

export interface MutantsOptions {
  suite: string
  run: RunSuite
  drifts: readonly ListedDrift[]
  start: (drift: readonly string[]) => Promise<Mutant>
  token: string
  maxBytes: number
  /** How many mutants live at a time. */
  concurrency: number
  /** How long the suite may take for one. */
  timeoutMs: number
  onResult?: (result: MutantResult) => void
}

const complaints = new Set(['FAIL', 'WARN', 'FLAKY'])

/**
 * Runs a suite against the gateway without a defect and with each of them. A complaint that there is without the defect says nothing about it.
 *
 * @throws what the suite throws about the gateway without a defect
 */
export async function runMutants(options: MutantsOptions): Promise<MutantsReport> {
  const { suite, drifts, concurrency, onResult } = options
  const begin = performance.now()
  const falseAlarms = await complaintsAbout([], options)
  const alarms = new Set(falseAlarms.map(({ id }) => id))
  const mutants = await inParallel(concurrency, drifts, async (drift) => {
    const result = await examine(drift, alarms, options)
    onResult?.(result)
    return result
  })
  const counts: Record<Fate, number> = { killed: 0, noticed: 0, survived: 0, broken: 0 }
  for (const { fate } of mutants) counts[fate]++
  const score = mutants.length ? counts.killed / mutants.length : 1
  return { suite, falseAlarms, score, counts, mutants, ms: Math.round(performance.now() - begin) }
}

async function examine(
  { name, area, summary, checks }: ListedDrift,
  alarms: ReadonlySet<string>,
  options: MutantsOptions,
): Promise<MutantResult> {
  const begin = performance.now()
  const known = { name, area, summary, killers: [], bystanders: [] }
  const ms = () => Math.round(performance.now() - begin)
  try {
    const complaining = (await complaintsAbout([name], options)).map(({ id }) => id).filter((id) => !alarms.has(id))
    const killers = complaining.filter((id) => checks.includes(id))
    const bystanders = complaining.filter((id) => !checks.includes(id))
    const fate = killers.length ? 'killed' : bystanders.length ? 'noticed' : 'survived'
    return { ...known, fate, killers, bystanders, ms: ms() }
  } catch (error) {
    return { ...known, fate: 'broken', error: (error as Error).message, ms: ms() }
  }
}

async function complaintsAbout(
  drift: readonly string[],
  { start, run, token, maxBytes, timeoutMs }: MutantsOptions,
): Promise<Finding[]> {
  await using gateway = await start(drift)
  const signal = AbortSignal.timeout(timeoutMs)
  const late = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(new Error(`the suite took longer than ${timeoutMs} ms`)), {
      once: true,
    }),
  )
  const findings = await Promise.race([run(gateway.url, token, { maxBytes, signal }), late])
  return findings.filter(({ verdict }) => complaints.has(verdict))
}
