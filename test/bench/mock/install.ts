import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { installPacked } from '../../runtimes/install-packed.ts'

const projects = resolve(import.meta.dirname, '../../../reports/bench-peers')

/** The start file of the packed mock in its folder. */
export const mockCli = 'node_modules/@livepeer-ai/mock/dist/bin.js'

/** Installs packages with npm, unless these versions are already installed. Returns the folder. */
export async function install(name: string, packages: Record<string, string>): Promise<string> {
  const folder = join(projects, name)
  const manifest = JSON.stringify({ private: true, dependencies: packages }, null, 2)
  const path = join(folder, 'package.json')
  if (existsSync(join(folder, 'node_modules')) && (await readFile(path, 'utf8').catch(() => '')) === manifest)
    return folder
  console.log(
    `npm install ${Object.entries(packages)
      .map((pair) => pair.join('@'))
      .join(' ')}`,
  )
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await writeFile(path, manifest)
  const env = { ...process.env, SCARF_ANALYTICS: 'false' }
  await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder, env })
  return folder
}

/** Installs the packed mock. Returns the folder. */
export async function installMock(): Promise<string> {
  const folder = join(projects, 'mock')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await installPacked(folder, 'mock')
  return folder
}
