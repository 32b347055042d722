import { fileURLToPath } from 'node:url'
import { findProblems, formatProblems, type Problem } from './lint.ts'
import { SpecError } from './spec-error.ts'

const rules = fileURLToPath(new URL('redocly.structure.yaml', import.meta.url))

/**
 * Lints a description that need not have the style of this repository. Returns the number of
 * remarks about style; at most 1,000.
 *
 * @throws SpecError for a description that is not valid
 */
export async function lintStructure(file: string): Promise<number> {
  const [broken, remarks] = await Promise.all([findProblems([file], rules), findProblems([file])])
  const problems = broken.filter((problem) => !isData(problem))
  if (problems.length) throw new SpecError(formatProblems(problems))
  return remarks.length
}

/** Returns true for a reference in an example or in an extension. */
function isData({ location: [at] }: Problem): boolean {
  return /\/(example|examples\/[^/]+\/value|default|enum|const|x-[^/]*)(\/|$)/.test(at?.pointer ?? '')
}
