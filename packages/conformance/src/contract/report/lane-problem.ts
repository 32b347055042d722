/**
 * The source of a problem: Dredd's validator, Ajv on the contract's own schema, or the run itself.
 */
export type LaneJudge = 'dredd' | 'ajv' | 'run'

/** One difference between a response and its documentation. */
export interface LaneProblem {
  /** The judges that found it. */
  judges: LaneJudge[]
  part: 'status' | 'headers' | 'body' | 'exchange'
  /** JSON Pointer into the body; empty for the whole body. */
  pointer?: string | undefined
  message: string
}

/**
 * Merges the problems of two judges. A problem that both found appears once, with the second
 * message.
 */
export function mergeProblems(first: LaneProblem[], second: LaneProblem[]): LaneProblem[] {
  const samePlace = (one: LaneProblem) => (other: LaneProblem) =>
    one.part === other.part && one.pointer === other.pointer
  return [
    ...first.filter((problem) => !second.some(samePlace(problem))),
    ...second.map((problem) => ({
      ...problem,
      judges: [...(first.find(samePlace(problem))?.judges ?? []), ...problem.judges],
    })),
  ]
}

/** Formats a problem on one line. */
export function formatProblem({ judges, part, pointer, message }: LaneProblem): string {
  return `${part === 'body' ? `body ${pointer || '(whole)'}` : part}: ${message} [${judges.join(', ')}]`
}
