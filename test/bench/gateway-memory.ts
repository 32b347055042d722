import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { request, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { containers, longRecording } from './long-recording.ts'
import { writeGoals, type Goals } from './report/write-goals.ts'

/**
 * Measures how the gateway's memory grows with the length of a recording: `npm run bench --
 * gateway-memory [CONTAINER…]`. Default: all containers.
 * Each gateway transcribes a short recording and then a long one; Linux reports both peaks. Their
 * difference is due to the length.
 */
const lengths = [300, 1800] as const
/**
 * The samples at 16 kHz in 32 bits, as the model takes them. A longer recording may not add more
 * than this.
 */
const decodedBytesPerSecond = 64_000

const cli = fileURLToPath(new URL('../../packages/gateway/src/cli.ts', import.meta.url))
const asked = process.argv.slice(3)
const unknown = asked.filter((name) => !containers.includes(name))
if (unknown.length) throw new Error(`No container '${unknown.join("', '")}'. There are ${containers.join(', ')}.`)
if (process.platform === 'linux') {
  const goals: Goals = []
  for (const container of asked.length ? asked : containers) {
    const [short, long] = await measure(container)
    const grown = long.peak - short.peak
    const share = Math.round((100 * grown) / ((long.duration - short.duration) * decodedBytesPerSecond))
    console.log(`${container}: ${describe(short)}, ${describe(long)}: ${megabytes(grown)} more`)
    goals.push([`${container}: grown, % of what the samples of the difference take`, share, 100])
  }
  await writeGoals('gateway-memory', goals)
} else console.log('gateway-memory: skipped, since only Linux tells the peak of a process')

interface Measured {
  duration: number
  peak: number
  size: number
}

async function measure(container: string): Promise<[Measured, Measured]> {
  const [short, long] = [await longRecording(container, lengths[0]), await longRecording(container, lengths[1])]
  const args = [cli, '--port', '0', '--max-bytes', String(2 ** 30)]
  const gateway = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const [line] = (await once(gateway.stdout, 'data')) as [Buffer]
    const url = / (http:\S+) /.exec(line.toString())![1]!
    const audioSeconds = async () =>
      Number(/^livepeer_ai_audio_seconds_total (\S+)/m.exec(await (await fetch(`${url}/metrics`)).text())![1])
    const peakOf = async (recording: Uint8Array): Promise<Measured> => {
      const before = await audioSeconds()
      // Resets the peak.
      await writeFile(`/proc/${gateway.pid}/clear_refs`, '5')
      await transcribe(url, container, recording)
      const status = await readFile(`/proc/${gateway.pid}/status`, 'utf8')
      const peak = Number(/VmHWM:\s+(\d+) kB/.exec(status)![1]) * 1024
      return { duration: (await audioSeconds()) - before, peak, size: recording.length }
    }
    // The first recording waits for the model.
    await transcribe(url, container, await longRecording(container, 1))
    return [await peakOf(short), await peakOf(long)]
  } finally {
    gateway.kill('SIGKILL')
  }
}

/** fetch() gives up after five minutes. */
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
