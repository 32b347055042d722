import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')

export interface Packed {
  /** As it is published: `@livepeer-ai/client`. */
  name: string
  readme: string
  /** Where the tarball is. */
  filename: string
}

/** Builds every package that is published and packs it as for publishing, into `folder`. */
export async function packAll(folder: string): Promise<Packed[]> {
  const names = await readdir(join(root, 'packages'))
  // What is left of an earlier build would be packed, too.
  for (const name of names)
    for (const built of ['dist', 'tsconfig.build.tsbuildinfo'])
      await rm(join(root, 'packages', name, built), { recursive: true, force: true })
  await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b'], { cwd: root })
  await mkdir(folder, { recursive: true })
  // One after the other: packing some of them compiles others.
  const packed: Packed[] = []
  for (const name of names) packed.push(await pack(join(root, 'packages', name), folder))
  return packed
}

async function pack(cwd: string, destination: string): Promise<Packed> {
  const args = ['--yes', 'pnpm@12.21.0', 'pack', '--json', '--pack-destination', destination]
  const { stdout } = await run('npx', args, { cwd, maxBuffer: 2 ** 24 })
  const { name, filename } = JSON.parse(stdout) as Packed
  const readme = await readFile(join(cwd, 'README.md'), 'utf8')
  return { name, readme, filename }
}
