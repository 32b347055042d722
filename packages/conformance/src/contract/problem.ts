/** Dredd's validator, the second judge (Ajv on the schema as it stands in the contract), or the run itself. */
export type Judge = 'dredd' | 'ajv' | 'run'

/** Something about a response that is not as documented. */
export interface Problem {
  /** Who says so. */
  judges: Judge[]
  /** Where in the exchange. */
  part: 'status' | 'headers' | 'body' | 'exchange'
  /** JSON Pointer into the body; empty for the body as a whole. */
  pointer?: string
  message: string
}

/** Problems of two judges, those at the same place told once, in the words of the second. */
export function mergeProblems(first: Problem[], second: Problem[]): Problem[] {
  const samePlace = (one: Problem) => (other: Problem) => one.part === other.part && one.pointer === other.pointer
  return [
    ...first.filter((problem) => !second.some(samePlace(problem))),
    ...second.map((problem) => ({
      ...problem,
      judges: [...(first.find(samePlace(problem))?.judges ?? []), ...problem.judges],
    })),
  ]
}

/** A problem on one line. */
export function problemLine({ judges, part, pointer, message }: Problem): string {
  return `${part === 'body' ? `body ${pointer || '(whole)'}` : part}: ${message} [${judges.join(', ')}]`
}
