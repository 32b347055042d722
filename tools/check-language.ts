import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readSource } from './structure/read-source.ts'

/** One breach of the rules for plain English in ARCHITECTURE.md. */
export interface LanguageProblem {
  file: string
  line: number
  rule: string
}

const maxWidth = 100

/** These files name the banned phrases. */
const quotesPhrases = /tools\/(check-language|structure\/measure\.test)\.ts$/

/** A comment opens with its subject: a headless clause makes its reader wait for the verb. */
const headless = /^(what|whatever|whether|who|whoever|whose|where|wherever|which|how)\b/i

/** Phrases that readers stumble over, with the plain words to use. */
const phrases: readonly [phrase: RegExp, instead: string][] = [
  [/(?<!there )\b(is|are|was) none\b(?! of)/i, 'say what it is, or that there is none'],
  [/\bsuch of\b/i, 'name the thing'],
  [/\bunless given\b/i, "write 'default: X'"],
  [/\b(is|are) told so\b/i, 'say who says what'],
  [/\b(who|whoever) (comes|waits|asks)\b/i, "write 'client'"],
  [/\bmay be given again\b/i, "write 'repeatable'"],
  [/\bmakes? \w+ anew\b/i, "write 'regenerates'"],
]

/**
 * Checks the comments of a TypeScript file, and the phrases of any text file. `path` is relative to
 * `root`.
 */
export function checkLanguage(root: string, path: string): LanguageProblem[] {
  const isSource = /\.[cm]?[jt]s$/.test(path)
  return [...(isSource ? checkComments(root, path) : []), ...(quotesPhrases.test(path) ? [] : checkPhrases(root, path))]
}

function checkComments(root: string, file: string): LanguageProblem[] {
  return readSource(root, file).comments.flatMap(({ line, text, width }) => [
    ...(width > maxWidth ? [{ file, line, rule: `comment of ${width} columns: wrap it at ${maxWidth}` }] : []),
    ...(headless.test(text)
      ? [{ file, line, rule: `comment opens with '${text.split(' ')[0]}': begin with the subject and its verb` }]
      : []),
  ])
}

function checkPhrases(root: string, file: string): LanguageProblem[] {
  const lines = readFileSync(join(root, file), 'utf8').split('\n')
  return lines.flatMap((text, index) =>
    phrases.flatMap(([phrase, instead]) => {
      const found = phrase.exec(text)
      return found ? [{ file, line: index + 1, rule: `'${found[0]}': ${instead}` }] : []
    }),
  )
}

/** Lists the files that people write and read: sources, documents, descriptions and workflows. */
function listFiles(root: string): string[] {
  const patterns = ['*.ts', '*.mjs', '*.cjs', '*.md', '*.yml', '*.yaml', '*.html', '.ci/run']
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', ...patterns], {
    cwd: root,
    encoding: 'utf8',
  })
  const isForeign = /(^|\/)(generated|peers|fixtures|recordings|upstream)\/|pnpm-lock/
  return files.split('\n').filter((file) => file && !isForeign.test(file))
}

if (import.meta.main) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const problems = listFiles(root).flatMap((file) => checkLanguage(root, file))
  for (const { file, line, rule } of problems) console.log(`${file}:${line}  ${rule}`)
  console.log(
    problems.length ? `\n${problems.length} breaches of the rules in ARCHITECTURE.md` : 'Every comment is plain.',
  )
  if (problems.length) process.exitCode = 1
}
