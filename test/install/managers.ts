import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Packed } from '../../tools/package/pack-packages.ts'
import { processes } from '../runtimes/processes.ts'

/** The environment of a user with Node 20 and npm, without the tools of this repository. */
export function userEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(npm_(command|execpath|lifecycle|node|package)|node_(env|options|path)$|vitest)/i.test(name),
  )
  const path = [dirname(processes['Node 20']![0]), process.env['PATH']].join(delimiter)
  return { ...Object.fromEntries(own), PATH: path, NO_COLOR: '1' }
}

type Tarballs = Record<string, string>

/** Package managers: the command, and the files that redirect dependencies to the tarballs. */
export const managers: Record<string, { command: string[]; files: (tarballs: Tarballs) => Record<string, unknown> }> = {
  npm: {
    command: ['npm', 'install', '--prefer-offline', '--no-audit', '--no-fund'],
    files: (dependencies) => ({ 'package.json': { private: true, dependencies } }),
  },
  pnpm: {
    command: ['npx', '--yes', 'pnpm@12.21.0', 'install', '--prefer-offline'],
    files: (dependencies) => ({
      'package.json': { private: true, dependencies },
      // The pnpm setting from the README of the gateway.
      'pnpm-workspace.yaml': { overrides: dependencies, allowBuilds: { protobufjs: false } },
    }),
  },
  'yarn classic': {
    command: ['npx', '--yes', 'yarn@1.22.22', 'install', '--prefer-offline', '--no-lockfile'],
    files: (dependencies) => ({ 'package.json': { private: true, dependencies, resolutions: dependencies } }),
  },
}

/** Installs the packed packages in an empty folder like a user. */
export async function install(manager: string, folder: string, packed: readonly Packed[]): Promise<void> {
  const { command, files } = managers[manager]!
  const tarballs = Object.fromEntries(packed.map(({ name, filename }) => [name, `file:${filename}`]))
  await mkdir(folder, { recursive: true })
  // JSON is valid YAML.
  for (const [name, content] of Object.entries(files(tarballs)))
    await writeFile(join(folder, name), JSON.stringify(content))
  const [program, ...args] = command as [string, ...string[]]
  await promisify(execFile)(program, args, {
    cwd: folder,
    env: userEnvironment(),
    maxBuffer: 2 ** 24,
    timeout: 180_000,
  })
}
