import { meetsAny, meetsCondition, type Answer, type Deviation, type RequestFacts } from '@livepeer-ai/openapi/gateways'

/** The answer of a deviation that applies to a request. */
export interface Taken {
  answer: Answer
  /** The names of the facts that its conditions test. */
  tested: string[]
}

export interface TakenDeviations {
  /** In the order in which the gateway checks them. */
  taken: Taken[]
  /** The facts that the gateway accepts although the contract does not. */
  accepted: ReadonlySet<string>
  /** The facts, with ordinary ones in place of the accepted ones. */
  facts: RequestFacts
  /** True if the request has a form that the gateway can read. */
  isReadable: boolean
}

/**
 * Returns the deviations that apply to a request.
 * One that only accepts something makes it ordinary for those after it.
 */
export function takeDeviations(
  deviations: readonly Deviation[],
  sent: RequestFacts,
  states: readonly string[],
  paths: readonly string[],
): TakenDeviations {
  const accepted = new Set<string>()
  const taken: Taken[] = []
  const facts = { ...sent }
  const possible = [...states, undefined]
  for (const deviation of deviations) {
    if (!meetsAny(deviation.when, facts, possible)) continue
    const answer = deviation.answers.find(({ when }) => !when || meetsAny(when, facts, possible))
    if (!answer) continue
    const tested = namesIn(deviation, facts, possible)
    taken.push({ answer, tested })
    if (!accepts(answer)) continue
    for (const name of tested) accepted.add(name)
    Object.assign(facts, ordinaryFacts(facts, tested, paths))
  }
  return { taken, accepted, facts, isReadable: readable.has(facts.form ?? '') }
}

/** Returns true for the answer to a request that the gateway serves as if it were valid. */
export function accepts(answer: Answer): boolean {
  return answer.status === 200 && Object.keys(answer).every((name) => name === 'status' || name === 'when')
}

const readable: ReadonlySet<string> = new Set(['complete', 'preamble', 'nameless-part'])

function namesIn({ when }: Deviation, facts: RequestFacts, states: readonly (string | undefined)[]): string[] {
  const met = when.filter((condition) => states.some((state) => meetsCondition(condition, { ...facts, state })))
  return met.flatMap((condition) => Object.keys(condition))
}

function ordinaryFacts({ path = '' }: RequestFacts, names: readonly string[], paths: readonly string[]): RequestFacts {
  const ordinary: RequestFacts = {
    token: 'right',
    path: paths.find((known) => fold(known) === fold(path)) ?? path,
    mediaType: 'multipart/form-data',
    contentType: 'multipart/form-data',
    form: 'complete',
    authorization: 'Bearer *',
  }
  return Object.fromEntries(Object.entries(ordinary).filter(([name]) => names.includes(name)))
}

/** Returns a path in lower case, without repeated slashes and a slash at the end. */
const fold = (path: string) => path.toLowerCase().replaceAll(/\/+/g, '/').replace(/\/$/, '')
