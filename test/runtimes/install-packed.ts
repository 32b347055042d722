import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { packPackages } from '../../tools/package/pack-packages.ts'

/** Returns a packed package and its workspace dependencies as tarball dependencies. */
export async function packedDependencies(packageName: 'client' | 'mock'): Promise<Record<string, string>> {
  const packed = (await packPackages()).map(({ name, filename }) => [name, `file:${filename}`] as const)
  const names = new Set(['@livepeer-ai/openapi', `@livepeer-ai/${packageName}`])
  return Object.fromEntries(packed.filter(([name]) => names.has(name)))
}

/** Installs a packed package in a project like a user. */
export async function installPacked(project: string, packageName: 'client' | 'mock'): Promise<void> {
  const { '@livepeer-ai/openapi': openapi, ...dependencies } = await packedDependencies(packageName)
  await writeFile(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }))
  await writeFile(
    join(project, 'pnpm-workspace.yaml'),
    `nodeLinker: hoisted\npreferOffline: true\noverrides:\n  '@livepeer-ai/openapi': ${openapi}\n`,
  )
  await promisify(execFile)('npx', ['--yes', 'pnpm@12.21.0', 'install'], { cwd: project })
}
