/** A fault of a description. The rest of the description is served. */
export interface Problem {
  /** JSON Pointer to its place in the description. */
  pointer: string
  message: string
}

export type ReportProblem = (problem: Problem) => void

export function describeBrokenReference($ref: string): string {
  return $ref.startsWith('#')
    ? `${$ref} refers to nothing in the description`
    : `'${$ref}' is in another document, which is missing or not read`
}
