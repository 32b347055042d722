import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { get } from 'node:http'

/** The results of one server with one description; times in seconds, memory in megabytes. */
export interface DocumentFigures {
  /** Time from the start of the process to the first answer. */
  firstAnswer: number
  first404: number
  /** A valid request that is sent together with the first 404. */
  meanwhile: number
  firstRefusal: number
  peakMegabytes: number
  /**
   * The longest wait of a request that was answered before, while all the others are sent for the
   * first time. Every task of the server that long lets it wait.
   */
  longestWait: number
  /** The answers to valid requests by status. */
  statuses: Record<string, number>
}

export interface DocumentRequests {
  first: string
  meanwhile: string
  refused: string
  valid: string[]
}

/** Limit in seconds for each answer. */
const patience = 120

export async function measureDocument(
  folder: string,
  args: string[],
  port: number,
  requests: DocumentRequests,
): Promise<DocumentFigures> {
  const figures = await withServer(folder, args, (child) => measureFirst(child, port, requests))
  const longestWait = await withServer(folder, args, (child) => measureWait(child, port, requests))
  return { ...figures, longestWait }
}

async function withServer<Result>(
  folder: string,
  args: string[],
  measure: (child: ChildProcess) => Promise<Result>,
): Promise<Result> {
  const env = { ...process.env, SCARF_ANALYTICS: 'false', DO_NOT_TRACK: '1' }
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: 'ignore' })
  try {
    return await measure(child)
  } finally {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
  }
}

async function measureFirst(
  child: ChildProcess,
  port: number,
  { first, meanwhile, refused, valid }: DocumentRequests,
): Promise<Omit<DocumentFigures, 'longestWait'>> {
  const begin = performance.now()
  await untilAnswered(child, port, first)
  const firstAnswer = (performance.now() - begin) / 1000
  const [missing, other] = await Promise.all([ask(port, '/no/such/path'), ask(port, meanwhile)])
  const refusal = await ask(port, refused)
  const statuses: Record<string, number> = {}
  for (const path of valid) {
    const { status } = await ask(port, path)
    statuses[status] = (statuses[status] ?? 0) + 1
  }
  return {
    firstAnswer,
    first404: missing.seconds,
    meanwhile: other.seconds,
    firstRefusal: refusal.seconds,
    peakMegabytes: await readPeak(child),
    statuses,
  }
}

async function measureWait(
  child: ChildProcess,
  port: number,
  { first, meanwhile, refused, valid }: DocumentRequests,
): Promise<number> {
  await untilAnswered(child, port, first)
  const waits: number[] = []
  const others = new AbortController()
  const asking = (async () => {
    while (!others.signal.aborted) waits.push((await ask(port, first)).seconds)
  })()
  for (const path of ['/no/such/path', meanwhile, refused, ...valid]) await ask(port, path)
  others.abort()
  await asking
  return Math.max(...waits)
}

async function untilAnswered(child: ChildProcess, port: number, path: string): Promise<void> {
  const end = performance.now() + patience * 1000
  while ((await ask(port, path)).status === 'ECONNREFUSED') {
    if (child.exitCode !== null || performance.now() > end) throw new Error('The server did not start')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** Sends a GET request and waits for the whole answer. */
async function ask(port: number, path: string): Promise<{ status: string; seconds: number }> {
  const begin = performance.now()
  const status = await new Promise<string>((resolve) => {
    const headers = { authorization: 'Bearer any' }
    const request = get(
      { port, host: '127.0.0.1', path, headers, agent: false, timeout: patience * 1000 },
      (response) => response.resume().once('end', () => resolve(String(response.statusCode))),
    )
    request.once('timeout', () => request.destroy(new Error('no answer')))
    request.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  })
  return { status, seconds: (performance.now() - begin) / 1000 }
}

async function readPeak({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return (Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) * 1024) / 1e6
}
