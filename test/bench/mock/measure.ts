import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sendLoad, type Load } from './load.ts'

/** An installed mock server and its start command. */
export interface Subject {
  name: string
  folder: string
  args: (description: string, port: number) => string[]
  description: (port: number) => Promise<string>
}

/** The results of one server; times in seconds, memory in megabytes (10^6 bytes). */
export interface Figures extends Load {
  /** Time from the start of the process to the first response, for the first start ever. */
  firstStart: number
  /** The same for the best of the following starts. */
  nextStart: number
  small: Upload
  large: Upload
  installMegabytes: number
  packages: number
  idleMegabytes: number
  /** After each round of requests. */
  roundsMegabytes: number[]
}

/** The duration and response of an upload, and the peak growth of memory. */
export interface Upload {
  seconds: number
  status: number | string
  grownMegabytes: number
}

/** Time limits that keep the whole run below five minutes. */
const bounds = { startMs: 15_000, uploadMs: 15_000, roundMs: 12_000 }
const boundary = 'benchmark'
const headers = { authorization: 'Bearer any', 'content-type': `multipart/form-data; boundary=${boundary}` }

/** Random bytes, like sound. */
const recording = Buffer.alloc(
  100_000_000,
  createHash('shake256', { outputLength: 1_000_003 }).update('sound').digest(),
)

/** Returns a form with a recording of `bytes` bytes. */
function writeForm(bytes: number): Buffer {
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="audio"; filename="clip.wav"\r\nContent-Type: audio/wav\r\n\r\n`
  return Buffer.concat([Buffer.from(head), recording.subarray(0, bytes), Buffer.from(`\r\n--${boundary}--\r\n`)])
}

export async function measure(
  subject: Subject,
  { requests, connections, rounds }: { requests: number; connections: number; rounds: number },
): Promise<Figures> {
  const temporary = await mkdtemp(join(tmpdir(), 'bench-'))
  try {
    const starts: number[] = []
    for (let start = 0; start < 3; start++) {
      await using server = await launch(subject, temporary)
      starts.push(server.seconds)
    }
    const [firstStart = NaN, ...others] = starts
    return {
      ...(await measureLoad(await launch(subject, temporary), requests, connections, rounds)),
      ...(await measureUploads(await launch(subject, temporary))),
      ...(await measureInstall(subject.folder)),
      firstStart,
      nextStart: Math.min(...others),
    }
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

async function measureLoad(running: Running, amount: number, connections: number, rounds: number) {
  await using server = running
  const idleMegabytes = await readMemory(server.child)
  const loads: Load[] = []
  const roundsMegabytes: number[] = []
  const body = writeForm(1000)
  const lines = Object.entries({ host: `127.0.0.1:${server.port}`, 'content-length': body.length, ...headers })
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const bytes = Buffer.concat([Buffer.from(`POST /audio-to-text HTTP/1.1\r\n${head}\r\n`), body])
  for (let round = 0; round < rounds; round++) {
    loads.push(await sendLoad(server.port, bytes, { amount, connections, ms: bounds.roundMs }))
    roundsMegabytes.push(await readMemory(server.child))
  }
  // All servers have a first round, with the same warm-up.
  return { ...loads[0]!, idleMegabytes, roundsMegabytes }
}

async function measureUploads(running: Running) {
  await using server = running
  return { small: await upload(server, 8_000_000), large: await upload(server, 100_000_000) }
}

interface Running {
  child: ChildProcess
  port: number
  seconds: number
  [Symbol.asyncDispose]: () => Promise<void>
}

/** Starts the server and waits for its first response. */
async function launch({ folder, args, description }: Subject, temporary: string): Promise<Running> {
  const port = await freePort()
  const file = join(temporary, 'openapi.json')
  await writeFile(file, await description(port))
  const begin = performance.now()
  // Caches of compiled code are in the folder for temporary files: the first start has none.
  const env = {
    ...process.env,
    TMPDIR: temporary,
    SCARF_ANALYTICS: 'false',
    DO_NOT_TRACK: '1',
    NO_UPDATE_NOTIFIER: '1',
  }
  const child = spawn(process.execPath, args(file, port), { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  child.stderr?.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-2000)))
  const closed = once(child, 'close')
  const end = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), 2000)
    await closed
    clearTimeout(timer)
  }
  const body = writeForm(1000)
  for (;;) {
    const status = await send(port, body, 5000).catch(() => undefined)
    if (status !== undefined)
      return { child, port, seconds: (performance.now() - begin) / 1000, [Symbol.asyncDispose]: end }
    if (child.exitCode !== null) throw new Error(`The server ended without a response: ${complaint}`)
    if (performance.now() - begin > bounds.startMs) {
      await end()
      throw new Error(`No response within ${bounds.startMs / 1000} s: ${complaint}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

async function upload({ child, port }: Running, bytes: number): Promise<Upload> {
  const body = writeForm(bytes)
  const before = await readMemory(child)
  await writeFile(`/proc/${child.pid}/clear_refs`, '5').catch(() => {})
  const begin = performance.now()
  const status = await send(port, body, bounds.uploadMs).catch((error: Error) => error.message)
  const seconds = (performance.now() - begin) / 1000
  const peak = await readMemory(child, 'VmHWM').catch(() => NaN)
  return { seconds, status, grownMegabytes: peak - before }
}

/** Sends a request and returns the status after the whole response. */
function send(port: number, body: Buffer, ms: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/audio-to-text',
        agent: false,
        timeout: ms,
        headers: { ...headers, 'content-length': body.length },
      },
      (response) => {
        response
          .resume()
          .once('end', () => resolve(response.statusCode ?? 0))
          .once('error', reject)
      },
    )
    outgoing.once('timeout', () => outgoing.destroy(new Error(`no answer within ${ms / 1000} s`)))
    outgoing.once('error', reject).end(body)
  })
}

async function readMemory({ pid }: ChildProcess, field: 'VmRSS' | 'VmHWM' = 'VmRSS'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return (Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) * 1024) / 1e6
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

async function measureInstall(folder: string): Promise<{ installMegabytes: number; packages: number }> {
  const modules = join(folder, 'node_modules')
  const entries = await readdir(modules, { recursive: true, withFileTypes: true })
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size),
  )
  const manifests = entries.filter(
    ({ name, parentPath }) => name === 'package.json' && /node_modules\/(@[^/]+\/)?[^/]+$/.test(parentPath),
  )
  return { installMegabytes: sizes.reduce((sum, size) => sum + size, 0) / 1e6, packages: manifests.length }
}
