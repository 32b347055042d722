import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { packedDependencies } from '../../runtimes/install-packed.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../../..')
const generated = join(root, 'packages/openapi/src/generated')

export interface Peer {
  program: string
  /** The packages that a user installs, with exact versions. */
  packages: Record<string, string>
  /** Generates the client's code from `openapi.json` into `generated`; not needed afterwards. */
  generator?: { packages: Record<string, string>; command: readonly string[]; config?: string }
  /** The peer talks to its own service, so its calls are not measured. */
  isAnotherApi?: boolean
}

/** A peer with its project: `peer.ts`, `peer.js` and their imports. */
export interface Installed {
  project: string
  packages: number
  bytes: number
}

/** Returns the packed client, which has no dependencies. */
async function packOurs(): Promise<Record<string, string>> {
  const { '@livepeer-ai/openapi': _, ...client } = await packedDependencies('client')
  return client
}

/**
 * Installs a peer in its own project. An earlier installation is reused, except for this client.
 */
export async function install(peer: Peer, folder: string): Promise<Installed> {
  const isOurs = peer.program === 'ours.ts'
  const project = join(folder, peer.program.replace('.ts', ''))
  if (isOurs) await rm(project, { recursive: true, force: true })
  await mkdir(project, { recursive: true })
  const dependencies = isOurs ? await packOurs() : peer.packages
  const manifest = JSON.stringify({ private: true, type: 'module', dependencies })
  const file = join(project, 'package.json')
  if ((await readFile(file, 'utf8').catch(() => '')) !== manifest) {
    await writeFile(file, manifest)
    if (Object.keys(dependencies).length) await npmInstall(project)
  }
  await copyFile(join(generated, 'types.ts'), join(project, 'types.ts'))
  if (peer.generator) await generate(project, peer.generator)
  await copyFile(join(import.meta.dirname, 'peers', peer.program), join(project, 'peer.ts'))
  await build({
    entryPoints: [join(project, 'peer.ts')],
    outfile: join(project, 'peer.js'),
    bundle: true,
    packages: 'external',
    format: 'esm',
  })
  const modules = await files(join(project, 'node_modules'))
  const own = peer.generator ? await files(join(project, 'generated')) : []
  const installed = modules.filter(({ path }) => /node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(path))
  const bytes = [...modules, ...own].reduce((sum, { size }) => sum + size, 0)
  return { project, packages: installed.length, bytes }
}

const npmInstall = (cwd: string) =>
  run('npm', ['install', '--omit=dev', '--no-audit', '--no-fund', '--prefer-offline'], { cwd, timeout: 300_000 })

async function generate(project: string, { packages, command, config }: NonNullable<Peer['generator']>): Promise<void> {
  if (existsSync(join(project, 'generated'))) return
  const cwd = `${project}-generator`
  await mkdir(cwd, { recursive: true })
  await writeFile(join(cwd, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies: packages }))
  await npmInstall(cwd)
  await copyFile(join(generated, 'openapi.json'), join(cwd, 'openapi.json'))
  if (config) await copyFile(join(import.meta.dirname, 'peers', config), join(cwd, config))
  const [program = '', ...args] = command
  await run(join(cwd, 'node_modules/.bin', program), args, { cwd, timeout: 60_000 })
  await rename(join(cwd, 'generated'), join(project, 'generated'))
}

async function files(folder: string): Promise<{ path: string; size: number }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name !== '.package-lock.json')
    .map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(paths.map(async (path) => ({ path, size: (await lstat(path)).size })))
}
