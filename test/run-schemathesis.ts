import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Returns true if `st` is on PATH (`pip install schemathesis`). */
export const hasSchemathesis = (): boolean => spawnSync('st', ['--version']).status === 0

interface Options {
  /** The path of the description. */
  description: string
  url: string
  args: readonly string[]
  /** The text of its schemathesis.toml. */
  config?: string
  signal?: AbortSignal | undefined
}

/** Runs Schemathesis. Resolves to its findings: the kind of failure and the operation. */
export async function runSchemathesis({ description, url, args, config = '', signal }: Options): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'schemathesis-'))
  const report = join(folder, 'report.json')
  const common = ['--seed', '1', '--no-shrink', '--continue-on-failure', '--report-json-path', report]
  try {
    await writeFile(join(folder, 'schemathesis.toml'), config)
    const running = promisify(execFile)('st', ['run', description, '-u', url, ...common, ...args], {
      cwd: folder,
      signal,
    })
    await running.catch((error: { code?: unknown }) => {
      // The exit code is 1 if there are failures.
      if (error.code !== 1) throw error
    })
    const { failures } = JSON.parse(await readFile(report, 'utf8')) as {
      failures: { code: string; operations: string[] }[]
    }
    return failures.flatMap(({ code, operations }) => operations.map((operation) => `${code} ${operation}`))
  } finally {
    await rm(folder, { recursive: true })
  }
}
