import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const resolve = createRequire(import.meta.url).resolve
const binary = (name: string, path: string) => join(dirname(resolve(`${name}/package.json`)), path)

/** The runtimes that are processes, with their commands. */
export const processes: Record<string, [command: string, ...args: string[]]> = {
  'Node 24': [process.execPath],
  'Node 22': [binary('node-22', 'bin/node')],
  'Node 20': [binary('node-20', 'bin/node')],
  Deno: [binary('deno', 'bin.cjs'), 'run', '-A', '--node-modules-dir=manual'],
  Bun: [binary('bun', 'bin/bun.exe'), 'run'],
}
