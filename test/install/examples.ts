import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transform } from 'esbuild'
import { userEnvironment } from './managers.ts'

/** The words of the recordings, which an example that transcribes one prints. */
export const spoken = /might even have been made amiable himself/

/** The section of the README about a clone. */
export const aboutClone = /^## In a clone$.*?(?=^## )/ms

export interface Example {
  language: string
  code: string
}

/** Returns the code blocks of a page that do more than install. */
export function examplesOf(page: string): Example[] {
  return [...page.matchAll(/^```(ts|js|sh)\n(.*?)^```$/gms)]
    .map(([, language = '', code = '']) => ({ language, code }))
    .filter(({ code }) => !/^npm install .*\n$/.test(code))
}

const speech = (name: string) =>
  fileURLToPath(new URL(`../../packages/conformance/fixtures/speech/${name}`, import.meta.url))

/** The recordings that the examples name. */
export async function putRecordings(folder: string): Promise<void> {
  await copyFile(speech('austen-0930.wav'), join(folder, 'speech.wav'))
  await copyFile(speech('austen-0930.mp3'), join(folder, 'speech.mp3'))
}

/** A port without a server. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}

/** The lines with which servers and examples report that they are ready. */
const listens = /^http:\/\/127\.0\.0\.1:\d+$|listening on http:/m

/**
 * Runs an example in a folder like its reader, and returns its output. A server keeps running for
 * the next line and is stopped at the end.
 */
export async function runExample(folder: string, { language, code }: Example, env = {}): Promise<string> {
  const commands = language === 'sh' ? code.trim().split('\n') : [await program(folder, code)]
  const running: ChildProcess[] = []
  let printed = ''
  try {
    for (const command of commands) {
      // A process group, so that everything that the example starts ends with it.
      const child = spawn('sh', ['-c', command], {
        cwd: folder,
        env: { ...userEnvironment(), ...env },
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: 120_000,
      })
      running.push(child)
      let output = ''
      const isUp = new Promise<'up'>((resolve) => {
        child.stdout.on('data', (chunk) => {
          output += chunk
          if (listens.test(output)) resolve('up')
        })
      })
      let errors = ''
      child.stderr.on('data', (chunk) => (errors += chunk))
      const ended = once(child, 'close').then(([status]) => status as number | null)
      const status = await Promise.race([ended, isUp])
      printed += output
      if (status !== 'up' && status !== 0) throw new Error(`${command}\n  ended with ${status}: ${output}${errors}`)
    }
    return printed
  } finally {
    for (const { pid, exitCode } of running) if (pid && exitCode === null) process.kill(-pid, 'SIGTERM')
  }
}

/** Bundles TypeScript for Node 20. */
async function program(folder: string, source: string): Promise<string> {
  const { code } = await transform(source, { loader: 'ts', format: 'esm', target: 'node20' })
  await writeFile(join(folder, 'example.mjs'), code)
  return 'node example.mjs'
}
