import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { credentials } from '../../foreign-api/server.ts'
import { hasSchemathesis, runSchemathesis } from '../../run-schemathesis.ts'

/** Another tool that takes a description. */
export interface Peer {
  name: string
  /** Returns false if it is not installed. */
  isInstalled: () => boolean
  /** Checks the foreign API at a URL. Resolves to complaints about its operations. */
  run: (url: string) => Promise<string[]>
}

const description = fileURLToPath(new URL('../../foreign-api/openapi.yaml', import.meta.url))
const { bearerAuth, basicAuth = '', headerKey, queryKey } = credentials
const [username, password] = basicAuth.split(':')

/** Number of examples that Schemathesis makes for each operation and phase. */
const examples = 8

const schemathesisConfig = `
[auth.openapi.bearerAuth]
bearer = "${bearerAuth}"
[auth.openapi.basicAuth]
username = "${username}"
password = "${password}"
[auth.openapi.headerKey]
api_key = "${headerKey}"
[auth.openapi.queryKey]
api_key = "${queryKey}"
`

/** Schemathesis 4 with its checks and phases as they are by default, which is all of them. */
const schemathesis: Peer = {
  name: 'Schemathesis',
  isInstalled: hasSchemathesis,
  run: (url) =>
    runSchemathesis({ description, url, args: ['--max-examples', String(examples)], config: schemathesisConfig }),
}

const dredd: Peer = {
  name: 'Dredd',
  isInstalled: () => true,
  run: (url) =>
    inFolder(async (folder) => {
      const program = createRequire(
        createRequire(import.meta.url).resolve('@livepeer-ai/conformance/package.json'),
      ).resolve('dredd/bin/dredd')
      const headers = [`Authorization: Bearer ${bearerAuth}`, `X-API-Key: ${headerKey}`]
      const options = headers.flatMap((header) => ['--header', header])
      const output = await execute(process.execPath, [program, description, url, ...options], folder)
      return output
        .split('\n')
        .filter((line) => /^(fail|error): /.test(line))
        .map((line) => line.replace(/ duration: .*/, ''))
    }),
}

const specmatic: Peer = {
  name: 'Specmatic',
  isInstalled: () => spawnSync('specmatic', ['--version']).status === 0,
  run: (url) =>
    inFolder(async (folder) => {
      const env = { ...process.env, bearerAuth, basicAuth, headerKey, queryKey }
      const output = await execute('specmatic', ['test', description, `--testBaseURL=${url}`], folder, env)
      // The requests of its scenarios are random.
      const scenarios = output.matchAll(/^ *Scenario: (.*?)(?: with a request where .*)? has FAILED/gm)
      return [...new Set(Array.from(scenarios, ([, scenario = '']) => scenario))]
    }),
}

export const peers: readonly Peer[] = [schemathesis, dredd, specmatic]

/** Resolves to the output of a program, also if it ends with an error. */
async function execute(file: string, args: string[], cwd: string, env = process.env): Promise<string> {
  const options = { cwd, env, timeout: 180_000, maxBuffer: 2 ** 26 }
  const { stdout } = await promisify(execFile)(file, args, options).catch(
    (error: { stdout: string; killed: boolean }) => {
      if (error.killed) throw error
      return error
    },
  )
  return stdout
}

async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'peer-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}
