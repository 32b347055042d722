import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { SpecError } from '../spec/spec-error.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)

export interface Packed {
  /** The published name, for example `@livepeer-ai/client`. */
  name: string
  /** The folder of its sources. */
  folder: string
  /** The path of the tarball. */
  filename: string
  /** The files in the tarball, relative to the package. */
  files: string[]
}

/**
 * Builds and packs every package for publishing, in `reports/packages/`.
 * Packing takes half a minute and several checks need the same tarballs, so the result is reused
 * while the sources are the same.
 */
export async function packPackages(): Promise<Packed[]> {
  const all = join(root, 'reports/packages')
  // Package managers cache tarballs by path, so each state of the sources has its own folder.
  const folder = join(all, await stateOfSources())
  const list = join(folder, 'packed.json')
  const known = await readFile(list, 'utf8').catch(() => undefined)
  if (known !== undefined) return JSON.parse(known) as Packed[]

  await rm(all, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const folders = (await readdir(join(root, 'packages'))).map((name) => join(root, 'packages', name))
  // The remains of an earlier build would be packed, too.
  for (const name of folders)
    for (const built of ['dist', 'tsconfig.build.tsbuildinfo'])
      await rm(join(name, built), { recursive: true, force: true })
  await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b'], { cwd: root }).catch(
    ({ stdout }: { stdout: string }) => {
      throw new SpecError(stdout.trim())
    },
  )
  // Sequential, because packing some packages compiles others.
  const packed: Packed[] = []
  for (const name of folders) packed.push(await pack(name, folder))
  await writeFile(`${list}.new`, JSON.stringify(packed))
  await rename(`${list}.new`, list)
  return packed
}

async function pack(folder: string, destination: string): Promise<Packed> {
  const args = ['--yes', 'pnpm@12.21.0', 'pack', '--json', '--pack-destination', destination]
  const { stdout } = await run('npx', args, { cwd: folder, maxBuffer: 2 ** 26 })
  const { name, filename, files } = JSON.parse(stdout) as Omit<Packed, 'files'> & { files: { path: string }[] }
  return { name, folder, filename, files: files.map(({ path }) => path) }
}

/** Returns a digest of all sources that the packages are built from. */
async function stateOfSources(): Promise<string> {
  const sources = ['packages', 'tools', 'tsconfig.json', 'tsconfig.base.json', 'pnpm-lock.yaml', 'LICENSE']
  const kept = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', ...sources]
  const { stdout } = await run('git', kept, { cwd: root, maxBuffer: 2 ** 24 })
  const hash = createHash('sha256')
  for (const path of stdout.split('\0').toSorted()) {
    const content = path && (await readFile(join(root, path)).catch(() => undefined))
    if (content) hash.update(`${path}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex').slice(0, 16)
}
