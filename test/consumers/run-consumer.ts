import { exec } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { env, execPath } from 'node:process'
import { promisify } from 'node:util'
import { packPackages } from '../../tools/package/pack-packages.ts'
import { main, type Consumer } from './consumer.ts'

const run = promisify(exec)

// The sources may change during a long run.
const packed = await packPackages()

/** Installed tools are kept here, outside the repository. */
const cache = join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'livepeer-ai-consumers')

/** Thrown if the tool cannot be installed, for example without the registry. */
export class InstallError extends Error {}

/** Builds and runs the app of a consumer. Throws an error unless it prints captions. */
export async function runConsumer(name: string, consumer: Consumer, gatewayUrl: string, folder = cache): Promise<void> {
  const project = join(folder, name.replaceAll(/\W+/g, '-'))
  await install(project, consumer)
  await putClient(project)
  for (const [path, content] of Object.entries({ 'main.mjs': main, ...consumer.files })) {
    await mkdir(dirname(join(project, path)), { recursive: true })
    await writeFile(join(project, path), content)
  }
  const kept = Object.entries(env).filter(([key]) => !/^(vitest|node_env$|node_options$|npm_)/i.test(key))
  const path = [join(project, 'node_modules/.bin'), dirname(execPath), env['PATH']].join(delimiter)
  const options = {
    cwd: project,
    env: { ...Object.fromEntries(kept), PATH: path, GATEWAY_URL: gatewayUrl, NO_COLOR: '1', CI: '1' },
    timeout: 240_000,
    maxBuffer: 2 ** 26,
  }
  let output = ''
  for (const command of consumer.commands) {
    const { stdout, stderr } = await run(command, options).catch((error: { stdout: string; stderr: string }) => {
      throw new Error(`${command}\n${error.stdout}${error.stderr}`)
    })
    output = stdout + stderr
  }
  if (!/WEBVTT\s[^]*-->/.test(output)) throw new Error(`no captions, but:\n${output}`)
}

/** Installs the tools of a consumer, or keeps what an earlier run has installed. */
async function install(project: string, { packages, manifest }: Consumer): Promise<void> {
  const file = join(project, 'package.json')
  const content = JSON.stringify({ private: true, ...manifest, devDependencies: packages })
  const isInstalled = (await readFile(file, 'utf8').catch(() => '')) === content
  if (packages && isInstalled) return
  await rm(project, { recursive: true, force: true })
  await mkdir(project, { recursive: true })
  await writeFile(file, content)
  if (!packages) return
  const command = 'npm install --no-audit --no-fund --prefer-offline --legacy-peer-deps'
  await run(command, { cwd: project, timeout: 300_000, maxBuffer: 2 ** 26 }).catch(
    async (error: { stderr: string }) => {
      await rm(project, { recursive: true, force: true })
      throw new InstallError(error.stderr.trim().split('\n')[0])
    },
  )
}

/** Unpacks the packed client like a package manager. It has no dependencies. */
async function putClient(project: string): Promise<void> {
  const client = packed.find(({ name }) => name === '@livepeer-ai/client')
  if (!client) throw new Error('The client is not packed')
  const folder = join(project, 'node_modules/@livepeer-ai/client')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await run(`tar -xzf '${client.filename}' --strip-components=1 -C '${folder}'`)
  await rm(join(project, 'dist'), { recursive: true, force: true })
}
