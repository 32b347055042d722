import { relative, resolve } from 'node:path'
import { redocly } from './redocly.ts'
import { SpecError } from './spec-error.ts'

export interface Problem {
  ruleId: string
  severity: 'error' | 'warn'
  message: string
  location: { source: { ref: string }; pointer?: string; start?: { line: number; col: number } }[]
}

/**
 * Lints descriptions and overlays with the rules of `redocly.yaml`. Throws a {@link SpecError} on
 * any problem, warnings included.
 */
export async function lint(...files: string[]): Promise<void> {
  const problems = await findProblems(files)
  if (problems.length) throw new SpecError(formatProblems(problems))
}

/** Returns problems as lines: place, message, rule. */
export function formatProblems(problems: Problem[]): string {
  return [...new Set(rootCauses(problems).map(line))].join('\n')
}

/**
 * Returns the problems in these files; default: by the rules of `redocly.yaml`.
 * Throws a {@link SpecError} if a file cannot be read.
 */
export async function findProblems(files: string[], rules?: string): Promise<Problem[]> {
  const { ok, stdout, stderr } = await redocly(['lint', ...files, '--format=json', '--max-problems=1000'], rules)
  // Redocly prints one JSON document per file.
  const reports = stdout.split(/(?<=^\})(?=\{$)/m).filter((text) => text.startsWith('{'))
  const problems = reports.flatMap((text) => (JSON.parse(text) as { problems: Problem[] }).problems)
  if (!ok && !problems.length) throw new SpecError(reason(stderr, files.join(', ')))
  return problems
}

/**
 * An unresolved reference causes follow-up problems in other rules, so only the reference is
 * reported.
 */
function rootCauses(problems: Problem[]): Problem[] {
  const unresolved = problems.filter(({ ruleId }) => ruleId === 'no-unresolved-refs')
  return unresolved.length ? unresolved : problems
}

function line({ ruleId, message, location: [at] }: Problem): string {
  const file = at ? relative('.', resolve(at.source.ref)) : 'redocly.yaml'
  const place = at?.start ? `${file}:${at.start.line}:${at.start.col}` : file
  return `${place}  ${oneLine(message)}  (${ruleId})`
}

export const oneLine = (message: string): string => message.replaceAll(/\s*\n\s*/g, ' ')

/**
 * Extracts the reason from stderr. Redocly prints `reason in "file" (line:column)` between banners.
 */
function reason(stderr: string, files: string): string {
  const parse = /- (.*?)(?: in "(.*?)")? \((\d+):(\d+)\)/.exec(stderr)
  if (parse) return `${relative('.', parse[2] ?? files)}:${parse[3]}:${parse[4]}  ${parse[1]}`
  const lines = stderr
    .split('\n')
    .map((text) => text.trim())
    .filter((text) => text && !/[╔║╚]/.test(text))
  return `${files}  ${lines.join(' ') || 'Redocly could not lint it'}`
}
