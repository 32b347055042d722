import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { request, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../../../packages/gateway/src/cli.ts', import.meta.url))

/** A gateway in a process of its own. */
export interface GatewayProcess extends Disposable {
  url: string
  /** Returns the memory of its process in bytes: now, and the peak since `resetPeak()`. */
  readMemory: () => Promise<{ now: number; peak: number }>
  resetPeak: () => Promise<void>
  /** Returns a value of `/metrics`. */
  readMetric: (name: string) => Promise<number>
}

export async function startGateway(...args: string[]): Promise<GatewayProcess> {
  const child = spawn(process.execPath, [cli, '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const end = () => void child.kill('SIGKILL')
  // A benchmark that fails disposes of nothing.
  process.once('exit', end)
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const [, url = ''] = / (http:\S+) /.exec(line.toString()) ?? []
  while ((await fetch(`${url}/health`)).status !== 200) await sleep(200)
  return {
    url,
    async readMemory() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8')
      const kilobytes = (name: string) => 1024 * Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1])
      return { now: kilobytes('VmRSS'), peak: kilobytes('VmHWM') }
    },
    resetPeak: () => writeFile(`/proc/${child.pid}/clear_refs`, '5'),
    async readMetric(name) {
      const metrics = await (await fetch(`${url}/metrics`)).text()
      return Number(new RegExp(`^${name} (\\S+)`, 'm').exec(metrics)?.[1])
    },
    [Symbol.dispose]: end,
  }
}

/** Sends a recording. fetch() would give up after five minutes. */
export async function transcribe(url: string, container: string, recording: Uint8Array): Promise<void> {
  const boundary = 'recording'
  const disposition = `Content-Disposition: form-data; name="audio"; filename="recording.${container}"`
  const outgoing = request(`${url}/audio-to-text`, {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  })
  outgoing.write(`--${boundary}\r\n${disposition}\r\n\r\n`)
  outgoing.write(recording)
  outgoing.end(
    `\r\n--${boundary}\r\nContent-Disposition: form-data; name="return_timestamps"\r\n\r\nword\r\n--${boundary}--\r\n`,
  )
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
  const answer = await text(incoming)
  if (incoming.statusCode !== 200)
    throw new Error(`${container}: the gateway answered ${incoming.statusCode}: ${answer}`)
}
