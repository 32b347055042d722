import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { request, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { containers, longRecording } from './long-recording.ts'

/**
 * How far the memory of the gateway grows with the length of a recording: `npm run bench -- gateway-memory [CONTAINER…]`, all unless given.
 * Each length is sent over HTTP to a gateway of its own, whose peak Linux tells; what it took to load the model does not count.
 */
const lengths = [300, 1800]
/** Of the samples at 16 kHz, as the model hears them: 32 bits each. No more than this may come on top for a longer recording. */
const decodedBytesPerSecond = 64_000

const cli = fileURLToPath(new URL('../../packages/gateway/src/cli.ts', import.meta.url))
const unknown = process.argv.slice(3).filter((name) => !containers.includes(name))
if (process.platform !== 'linux') console.log('gateway-memory: skipped, since only Linux tells the peak of a process')
else if (unknown.length) console.log(`gateway-memory: no '${unknown.join("', '")}'; there are ${containers.join(', ')}`)
else
  for (const container of process.argv.length > 3 ? process.argv.slice(3) : containers) {
    const [short, long] = [await measure(container, lengths[0]!), await measure(container, lengths[1]!)]
    const grown = long.peak - short.peak
    const allowed = (long.duration - short.duration) * decodedBytesPerSecond
    const part = `${Math.round((100 * grown) / allowed)} % of what the samples of the difference take (goal: 100)`
    console.log(`${container}: ${describe(short)}, ${describe(long)}: ${megabytes(grown)} more, ${part}`)
  }

interface Measured {
  duration: number
  peak: number
  size: number
}

async function measure(container: string, seconds: number): Promise<Measured> {
  const recording = await longRecording(container, seconds)
  const args = [cli, '--port', '0', '--max-bytes', String(2 ** 30)]
  const gateway = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const [line] = (await once(gateway.stdout, 'data')) as [Buffer]
    const url = / (http:\S+) /.exec(line.toString())![1]!
    // The first recording waits until the model is loaded.
    await transcribe(url, container, await longRecording(container, 1))
    await writeFile(`/proc/${gateway.pid}/clear_refs`, '5')
    await transcribe(url, container, recording)
    const metrics = await (await fetch(`${url}/metrics`)).text()
    const status = await readFile(`/proc/${gateway.pid}/status`, 'utf8')
    return {
      duration: Number(/^livepeer_ai_audio_seconds_total (\S+)/m.exec(metrics)![1]),
      peak: Number(/VmHWM:\s+(\d+) kB/.exec(status)![1]) * 1024,
      size: recording.length,
    }
  } finally {
    gateway.kill('SIGKILL')
  }
}

/** Not by fetch(), which waits for five minutes and no longer. */
async function transcribe(url: string, container: string, recording: Uint8Array): Promise<void> {
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

function describe({ duration, peak, size }: Measured): string {
  return `${Math.round(duration)} s (${megabytes(size)}) ${megabytes(peak)}`
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}
