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
  /** True if no answer to a full run shows the defect: this gateway cannot have it. */
  isHidden: boolean
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
  let usual: Promise<Map<string, string>> | undefined
  for (const [index, defect] of options.defects.entries()) {
    const result = results[index]
    // Dredd supports one run at a time, so that only the silent defects get the contract lane.
    const final = result && result.exitCode !== 0 ? result : await conclude(defect, options, ['catalogue', 'contract'])
    if (final.exitCode === 0) {
      usual ??= listAnswers([], options)
      final.isHidden = areEqual(await usual, await listAnswers([defect.name], options))
    }
    all.push(final)
  }
  return all
}

async function conclude(
  { name, summary }: ListedDefect,
  options: DefaultOptions,
  lanes: NonNullable<SuiteOptions['lanes']>,
): Promise<DefaultResult> {
  await using mutant = await options.start([name])
  try {
    const { conclusion } = await runSuite({ ...optionsFor(mutant, options), lanes })
    return { name, summary, isHidden: false, ...conclusion }
  } catch (error) {
    return { name, summary, isHidden: false, exitCode: 4, text: (error as Error).message }
  }
}

const optionsFor = ({ url }: Mutant, { token, maxBytes, gateway = 'none' }: DefaultOptions): SuiteOptions => ({
  url,
  token,
  maxBytes,
  gateway,
  timeoutMs: 10_000,
})

/** Headers that differ in each run. */
const fleeting = new Set(['date', 'connection', 'keep-alive', 'content-length', 'x-request-id', 'request-id'])

/** Returns the answers to the requests of a full run, by request. */
async function listAnswers(names: readonly string[], options: DefaultOptions): Promise<Map<string, string>> {
  await using mutant = await options.start(names)
  const { exchanges } = await runSuite({
    ...optionsFor(mutant, options),
    lanes: ['catalogue'],
    profile: 'full',
    allowUnsafe: true,
  })
  return new Map(
    exchanges.map(({ id, status, responseHeaders = [], responseBody, failure }) => {
      const headers = responseHeaders.filter(([name]) => !fleeting.has(name.toLowerCase()))
      return [id, JSON.stringify([status, headers, normalize(responseBody), failure]).replaceAll(mutant.url, '')]
    }),
  )
}

/** Returns JSON without its white space, which a defect may change by the way. */
function normalize(body: string | undefined): string | undefined {
  try {
    return JSON.stringify(JSON.parse(body ?? ''))
  } catch {
    return body
  }
}

/** Returns true if the requests that both runs sent got equal answers. */
function areEqual(usual: Map<string, string>, seen: Map<string, string>): boolean {
  return [...seen].every(([id, answer]) => (usual.get(id) ?? answer) === answer)
}
