import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import {
  compareDescriptions,
  readDescription,
  type DriftClass,
  type DriftFinding,
} from '@livepeer-ai/conformance/drift'
import { decisionList, verdict, type Bump, type Difference } from '../upstream.ts'

const usage = `Usage: npm run check:changesets -- [BASE]

Checks the changesets since BASE (default: origin/main). Each changed package needs one, and a change that breaks
a client of the contract must be a major of @livepeer-ai/openapi and @livepeer-ai/client.

Exit codes: 0 complete, 1 a changeset is missing or too small, 2 wrong usage or unknown BASE, 70 internal error.
`

const contract = 'packages/openapi/src/generated/openapi.json'
const changesetCli = join(dirname(createRequire(import.meta.url).resolve('@changesets/cli/package.json')), 'bin.js')
const order: readonly Bump[] = ['none', 'patch', 'minor', 'major']

/** Thrown if there is no base to compare with. */
export class BaseError extends Error {}

interface Status {
  changesets: { releases: { name: string; type: Bump }[] }[]
}

/** Returns the missing changesets, one line each. `folder` is a git repository with this layout. */
export async function changesetProblems(folder: string, base: string): Promise<string[]> {
  const git = async (...args: string[]) =>
    (await promisify(execFile)('git', args, { cwd: folder, maxBuffer: 2 ** 26 })).stdout
  const since = await git('merge-base', base, 'HEAD').then(
    (commit) => commit.trim(),
    () => {
      throw new BaseError(
        `There is nothing called '${base}' that this has come from: fetch it, or name another branch.`,
      )
    },
  )
  const status = await statusSince(folder, since)
  if (typeof status === 'string') return [status]

  const given = (name: string) =>
    status.changesets
      .flatMap(({ releases }) => releases)
      .filter((release) => release.name === name)
      .reduce<Bump>((most, { type }) => (order.indexOf(type) > order.indexOf(most) ? type : most), 'none')
  const changed = await changedPackages(folder, since, git)
  // The output of `changeset add --empty`: the change needs no release.
  const isExempt = status.changesets.some(({ releases }) => releases.length === 0)
  const missing = changed.filter((name) => given(name) === 'none')
  if (missing.length && !isExempt)
    return missing.map((name) => `${name} has changed, and no changeset says so. Run: npx changeset`)

  // The first release has no previous contract.
  const before = await git('show', `${since}:${contract}`).catch(() => undefined)
  if (before === undefined) return []
  const now = readDescription(await readFile(join(folder, contract), 'utf8'))
  const findings = compareDescriptions(readDescription(before), now).map(toContractChange)
  const { breaks, bump } = verdict(findings)
  const affected = ['@livepeer-ai/openapi', ...(breaks ? ['@livepeer-ai/client'] : [])]
  const tooLittle = affected.filter((name) => order.indexOf(given(name)) < order.indexOf(bump))
  if (!tooLittle.length) return []
  return [
    `The contract has changed since ${base}:\n\n${decisionList(findings)}\n`,
    ...tooLittle.map((name) => `${name} needs a ${bump} changeset and has ${given(name)}. Run: npx changeset`),
  ]
}

/** Drift of a gateway that is an addition if the contract itself has it. */
const additions: Partial<Record<DriftClass, string>> = {
  'operation-added': 'new-operation',
  'request-property-added': 'new-field',
  'response-undocumented-property': 'new-property',
  'undocumented-error-status': 'new-status',
  'undocumented-success-status': 'new-status',
}

/** Names an addition as such. Clients of the previous contract do without it. */
function toContractChange(finding: DriftFinding): Difference {
  const name = additions[finding.class]
  if (name === undefined) return finding
  const message = finding.message.replace(/ is (?:not documented|not in the contract|accepted too)$/, ' is new')
  return { ...finding, class: name, severity: 'additive', message }
}

/** Returns the packages that have changed, apart from tests. */
async function changedPackages(
  folder: string,
  since: string,
  git: (...args: string[]) => Promise<string>,
): Promise<string[]> {
  const paths = (await git('diff', '--name-only', since, 'HEAD', '--', 'packages')).split('\n')
  const folders = paths.flatMap((path) =>
    /\.test\.ts$|\/testing\//.test(path) ? [] : (/^packages\/[^/]+/.exec(path) ?? []),
  )
  const existing = [...new Set(folders)]
    .map((path) => join(folder, path, 'package.json'))
    .filter((path) => existsSync(path))
  const manifests = existing.map((path) => readFile(path, 'utf8'))
  return (await Promise.all(manifests)).map((manifest) => (JSON.parse(manifest) as { name: string }).name)
}

/** Returns the releases that Changesets plans since a commit, or its error message. */
async function statusSince(folder: string, since: string): Promise<Status | string> {
  const output = await mkdtemp(join(tmpdir(), 'changesets-'))
  // Changesets expects the path relative to the root of the repository.
  const file = join(output, 'status.json')
  try {
    await promisify(execFile)(process.execPath, [changesetCli, 'status', `--since=${since}`, `--output=${file}`], {
      cwd: folder,
      env: { ...process.env, NO_COLOR: '1' },
    })
    return JSON.parse(await readFile(file, 'utf8')) as Status
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string }
    const said = `${stdout}${stderr}`.trim() || message
    return /no changesets were found/.test(said) ? { changesets: [] } : said
  } finally {
    await rm(output, { recursive: true })
  }
}

if (import.meta.main) {
  const [base = 'origin/main', ...rest] = process.argv.slice(2)
  if (rest.length || base.startsWith('-')) {
    process.stdout.write(usage)
    process.exitCode = base === '--help' ? 0 : 2
  } else {
    try {
      const problems = await changesetProblems(process.cwd(), base)
      if (problems.length) process.exitCode = 1
      console.log(problems.join('\n') || `Every change since ${base} has its changeset.`)
    } catch (error) {
      console.error(error instanceof BaseError ? error.message : error)
      process.exitCode = error instanceof BaseError ? 2 : 70
    }
  }
}
