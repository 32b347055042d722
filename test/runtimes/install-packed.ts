import { execFile } from 'node:child_process'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
const pnpm = async (cwd: string, ...args: string[]) =>
  run('npx', ['--yes', 'pnpm@12.21.0', ...args], { cwd, maxBuffer: 2 ** 24 })

/** Builds a package and packs it as for publishing, with what it needs of us; gives the tarballs by package, relative to the project. */
export async function pack(project: string, packageName: 'client' | 'mock'): Promise<Record<string, string>> {
  const names = ['openapi', packageName]
  // What is left of an earlier build would be packed, too.
  for (const name of names)
    for (const built of ['dist', 'tsconfig.build.tsbuildinfo'])
      await rm(join(root, 'packages', name, built), { recursive: true, force: true })
  await run(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '-b', `packages/${packageName}/tsconfig.build.json`],
    { cwd: root },
  )
  const tarballs = join(project, 'tarballs')
  await mkdir(tarballs, { recursive: true })
  for (const name of names) await pnpm(join(root, 'packages', name), 'pack', '--pack-destination', tarballs)
  const files = await readdir(tarballs)
  return Object.fromEntries(
    names.map((name) => [
      `@livepeer-ai/${name}`,
      `file:tarballs/${files.find((file) => file.startsWith(`livepeer-ai-${name}-`))}`,
    ]),
  )
}

/** Installs a packed package into a project of its own, as a user does. */
export async function installPacked(project: string, packageName: 'client' | 'mock'): Promise<void> {
  const { '@livepeer-ai/openapi': openapi, ...dependencies } = await pack(project, packageName)
  await writeFile(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }))
  await writeFile(
    join(project, 'pnpm-workspace.yaml'),
    `nodeLinker: hoisted\npreferOffline: true\noverrides:\n  '@livepeer-ai/openapi': ${openapi}\n`,
  )
  await pnpm(project, 'install')
}
