import { runSuite, type SuiteOptions } from '@livepeer-ai/conformance'
import type { ListedDefect } from '@livepeer-ai/mock/defects'
import { inParallel } from '../in-parallel.ts'
import type { Mutant } from './start-mutant.ts'

/** The end of a default run against the gateway with a defect. */
export interface DefaultResult {
  name: string
  summary: string
  /** Exit code of the run; 4 if the suite could not judge the gateway. */
  exitCode: number
  /** The conclusion, or the error of the suite. */
  text: string
}

/** Number of simultaneous runs. */
const concurrency = 3

interface DefaultOptions {
  /** The imitated gateway, whose deviations are known. */
  gateway?: string | undefined
  token: string
  maxBytes: number
  defects: readonly ListedDefect[]
  start: (names: readonly string[]) => Promise<Mutant>
}

/** Runs the default profile against the gateway with each defect. */
export async function runDefault(options: DefaultOptions): Promise<DefaultResult[]> {
  const results = await inParallel(concurrency, options.defects, (defect) => conclude(defect, options, ['catalogue']))
  const all: DefaultResult[] = []
  for (const [index, defect] of options.defects.entries()) {
    const result = results[index]
    // Dredd supports one run at a time, so that only the silent defects get the contract lane.
    const final = result && result.exitCode !== 0 ? result : await conclude(defect, options, ['catalogue', 'contract'])
    all.push(final)
  }
  return all
}

async function conclude(
  { name, summary }: ListedDefect,
  { start, gateway, maxBytes, token }: DefaultOptions,
  lanes: NonNullable<SuiteOptions['lanes']>,
): Promise<DefaultResult> {
  await using mutant = await start([name])
  try {
    const { conclusion } = await runSuite({
      url: mutant.url,
      token,
      maxBytes,
      gateway: gateway ?? 'none',
      lanes,
      timeoutMs: 10_000,
    })
    return { name, summary, ...conclusion }
  } catch (error) {
    return { name, summary, exitCode: 4, text: (error as Error).message }
  }
}
