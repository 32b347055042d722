import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startJsrRegistry } from './jsr-registry.ts'

/**
 * Rehearses a release of the committed state in a clone: versions, changelogs, tarballs, and the
 * client on JSR. Publishes nothing and does not change the repository.
 * Exit codes: 0 the release would succeed, 1 it would fail.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
const clone = await mkdtemp(join(tmpdir(), 'release-'))

class ReleaseError extends Error {}

interface Manifest {
  name: string
  version: string
  dependencies?: Record<string, string>
}

async function run(command: string, ...args: string[]): Promise<string> {
  return runIn(clone, {}, command, ...args)
}

async function runIn(cwd: string, variables: NodeJS.ProcessEnv, command: string, ...args: string[]): Promise<string> {
  const tools = ['node_modules/.bin', 'test/node_modules/.bin'].map((bin) => join(clone, bin))
  const env = { ...process.env, PATH: [...tools, process.env['PATH']].join(delimiter), ...variables }
  const options = { cwd, env, maxBuffer: 2 ** 26, timeout: 300_000 }
  return promisify(execFile)(command, args, options).then(
    ({ stdout }) => stdout,
    ({ stdout, stderr, message }: { stdout?: string; stderr?: string; message: string }) => {
      throw new ReleaseError(`${command} ${args.join(' ')}\n${`${stdout ?? ''}${stderr ?? ''}`.trim() || message}`)
    },
  )
}

const pnpm = async (...args: string[]) => run('npx', '--yes', 'pnpm@12.21.0', ...args)

async function step<T>(name: string, action: () => Promise<T>): Promise<T> {
  const begin = Date.now()
  const result = await action()
  console.log(`ok   ${name.padEnd(28)} ${((Date.now() - begin) / 1000).toFixed(1)} s`)
  return result
}

function demand(condition: boolean, message: string): void {
  if (!condition) throw new ReleaseError(message)
}

async function manifests(): Promise<Map<string, Manifest>> {
  const names = await readdir(join(clone, 'packages'))
  const read = async (name: string) =>
    [name, JSON.parse(await readFile(join(clone, 'packages', name, 'package.json'), 'utf8')) as Manifest] as const
  return new Map(await Promise.all(names.map(read)))
}

async function checkVersions(before: Map<string, Manifest>): Promise<Map<string, Manifest>> {
  const after = await manifests()
  const pending = (await readdir(join(clone, '.changeset'))).filter((file) => file.endsWith('.md'))
  demand(pending.length === 0, `changesets are left: ${pending.join(', ')}`)
  for (const [folder, { name, version }] of after) {
    if (before.get(folder)?.version === version) continue
    const changelog = await readFile(join(clone, 'packages', folder, 'CHANGELOG.md'), 'utf8').catch(() => '')
    demand(changelog.includes(`## ${version}\n`), `${name} has no changelog of ${version}`)
    console.log(`     ${name} ${before.get(folder)?.version} → ${version}`)
  }
  return after
}

async function checkTarballs(after: Map<string, Manifest>): Promise<void> {
  const versions = new Map([...after.values()].map(({ name, version }) => [name, version]))
  for (const folder of after.keys()) {
    const { filename } = JSON.parse(
      await pnpm('--dir', `packages/${folder}`, 'pack', '--json', '--pack-destination', clone),
    ) as { filename: string }
    const packed = JSON.parse(await run('tar', '-xzOf', filename, 'package/package.json')) as Manifest
    demand(versions.get(packed.name) === packed.version, `${packed.name} is packed as ${packed.version}`)
    for (const [name, range] of Object.entries(packed.dependencies ?? {}))
      if (versions.has(name))
        demand(
          range === versions.get(name),
          `${packed.name} is packed with ${name} ${range}, not ${versions.get(name)}`,
        )
  }
}

/**
 * Publishes the client to the stand-in for JSR, and lets Deno check and load the uploaded files.
 */
async function checkJsr(): Promise<void> {
  const client = join(clone, 'packages/client')
  const deno = async (variables: NodeJS.ProcessEnv, ...args: string[]) =>
    runIn(client, { NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1', ...variables }, 'deno', ...args)
  await using registry = await startJsrRegistry()
  const options = ['--config', 'jsr.json', '--token', 'none', '--no-provenance', '--allow-dirty']
  await deno({ JSR_URL: registry.url }, 'publish', ...options)
  demand(registry.uploads.length === 1, 'nothing was published on JSR')

  const arrived = join(client, 'arrived')
  await mkdir(arrived)
  await writeFile(join(arrived, 'package.tar.gz'), registry.uploads[0]!)
  await run('tar', '-xzf', join(arrived, 'package.tar.gz'), '-C', arrived)
  const { exports } = JSON.parse(await readFile(join(arrived, 'jsr.json'), 'utf8')) as { exports: object }
  const program = Object.values(exports).map((module, index) => `export * as m${index} from '${module}'`)
  await writeFile(join(arrived, 'all.ts'), program.join('\n'))
  await deno({}, 'run', '--allow-env', '--check', 'arrived/all.ts')
}

try {
  await step('clone', () => run('git', 'clone', '--quiet', root, '.'))
  await step('install', () => pnpm('install', '--frozen-lockfile', '--prefer-offline'))
  const before = await manifests()
  await step('versions', () => run('node', 'tools/release/version.ts'))
  const after = await step('changelogs', () => checkVersions(before))
  await step('build', () => run('tsc', '-b'))
  await step('tarballs', () => checkTarballs(after))
  await step('exports and imports on JSR', () => run('vitest', 'run', 'packages/client/src/package.test.ts'))
  await step('publishing on JSR', checkJsr)
  console.log(`The release of ${after.size} packages would succeed.`)
} catch (error) {
  if (!(error instanceof ReleaseError)) throw error
  console.error(`The release would fail: ${error.message}`)
  process.exitCode = 1
} finally {
  await rm(clone, { recursive: true })
}
