import { relative, resolve } from 'node:path'
import { redocly } from './redocly.ts'
import { runStep, SpecError } from './spec-error.ts'

interface Problem {
  ruleId: string
  severity: 'error' | 'warn'
  message: string
  location: { source: { ref: string }; start?: { line: number; col: number } }[]
}

/** Lints a description with the rules of `redocly.yaml`. Any problem, a warning too, is a {@link SpecError}. */
export async function lint(specFile: string): Promise<void> {
  const { ok, stdout, stderr } = await redocly('lint', specFile, '--format=json', '--max-problems=1000')
  if (!stdout.trimStart().startsWith('{')) throw new SpecError(reason(stderr, specFile))
  const { problems } = JSON.parse(stdout) as { problems: Problem[] }
  if (problems.length) throw new SpecError([...new Set(rootCauses(problems).map(line))].join('\n'))
  if (!ok) throw new SpecError(reason(stderr, specFile))
}

/** A reference that leads nowhere makes other rules complain about what they do not find there. */
function rootCauses(problems: Problem[]): Problem[] {
  const unresolved = problems.filter(({ ruleId }) => ruleId === 'no-unresolved-refs')
  return unresolved.length ? unresolved : problems
}

function line({ ruleId, message, location: [at] }: Problem): string {
  const file = at ? relative('.', resolve(at.source.ref)) : 'redocly.yaml'
  const place = at?.start ? `${file}:${at.start.line}:${at.start.col}` : file
  return `${place}  ${message.replaceAll(/\s*\n\s*/g, ' ')}  (${ruleId})`
}

/** Redocly explains a file that it cannot read on stderr, as `reason in "file" (line:column)`, between banners. */
function reason(stderr: string, specFile: string): string {
  const parse = /- (.*?)(?: in "(.*?)")? \((\d+):(\d+)\)/.exec(stderr)
  if (parse) return `${relative('.', parse[2] ?? specFile)}:${parse[3]}:${parse[4]}  ${parse[1]}`
  const lines = stderr
    .split('\n')
    .map((text) => text.trim())
    .filter((text) => text && !/[╔║╚]/.test(text))
  return `${specFile}  ${lines.join(' ') || 'Redocly could not lint it'}`
}

if (import.meta.main) {
  const specFile = process.argv[2] ?? 'spec/openapi.yaml'
  await runStep(async () => {
    await lint(specFile)
    console.log(`${specFile}: 0 problems`)
  })
}
