import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'

interface Action {
  inputs: Record<string, { default: string }>
  runs: { steps: { env: Record<string, string>; run: string }[] }
}

const bin = fileURLToPath(new URL('bin.ts', import.meta.url))
const action = parse(await readFile(new URL('../action.yml', import.meta.url), 'utf8')) as Action

/** Runs the only step of the action like a runner, with an `npx` that starts the sources. */
async function runAction(inputs: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'action-'))
  const npx = join(folder, 'npx')
  await writeFile(npx, `#!/bin/sh\nshift 2\necho $$ > "${folder}/pid"\nexec "${process.execPath}" "${bin}" "$@"\n`)
  await chmod(npx, 0o755)
  onTestFinished(async () => {
    const pid = Number(await readFile(join(folder, 'pid'), 'utf8').catch(() => '0'))
    try {
      if (pid) process.kill(pid, 'SIGTERM')
    } catch {
      // The process has already ended.
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  })
  const [step] = action.runs.steps
  const env = Object.entries(step!.env).map(([name, value]) => {
    const input = /^\$\{\{ inputs\.(\w+) \}\}$/.exec(value)?.[1] ?? ''
    return [name, inputs[input] ?? action.inputs[input]?.default]
  })
  const run = promisify(execFile)('bash', ['-eo', 'pipefail', '-c', step!.run], {
    env: {
      ...Object.fromEntries(env),
      PATH: `${folder}:${process.env['PATH']}`,
      RUNNER_TEMP: folder,
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_ENV: join(folder, 'env'),
    },
    timeout: 60_000,
  })
  const [{ stdout }, code] = await run.then(
    (result) => [result, 0] as const,
    (error: { stdout: string; code: number }) => [error, error.code] as const,
  )
  const read = (name: string) => readFile(join(folder, name), 'utf8').catch(() => '')
  return { code, stdout, output: await read('output'), env: await read('env') }
}

test('the action starts the mock, waits for it, and passes its URL to the following steps', async () => {
  const { code, output, env } = await runAction({ gateway: 'livepeer-studio' })
  const url = /^url=(http:\/\/127\.0\.0\.1:\d+)\n$/.exec(output)?.[1]
  expect([code, env]).toEqual([0, `LIVEPEER_AI_URL=${url}\n`])
  expect((await fetch(`${url}/__mock/calls`)).status).toBe(200)
})

test('the action fails with the message of a mock that does not start', async () => {
  const { code, stdout } = await runAction({ gateway: 'nowhere' })
  expect([code, stdout]).toEqual([
    1,
    expect.stringContaining("::error::The mock server does not start: Unknown gateway 'nowhere'"),
  ])
})
