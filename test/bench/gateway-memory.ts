import { startGateway, transcribe } from './gateway/start-gateway.ts'
import { measureThreads } from './gateway/threads-memory.ts'
import { containers, longRecording } from './long-recording.ts'
import { writeGoals, type Goals } from './report/write-goals.ts'

/**
 * Measures the gateway's memory, with one thread and with two, and how it grows with the length of
 * a recording: `npm run bench -- gateway-memory [threads | CONTAINER…]`. Default: all.
 * `threads SECONDS` shortens the recordings of that part; default: 600.
 */
const lengths = [300, 1800] as const
/**
 * The samples at 16 kHz in 32 bits, as the model takes them. A longer recording may not add more
 * than this.
 */
const decodedBytesPerSecond = 64_000

const [part, ...others] = process.argv.slice(3)
const isThreads = part === 'threads'
const asked = isThreads || part === undefined ? [] : [part, ...others]
const unknown = asked.filter((name) => !containers.includes(name))
if (unknown.length)
  throw new Error(`No container '${unknown.join("', '")}'. There are threads, ${containers.join(', ')}.`)
if (process.platform === 'linux') {
  const goals: Goals = asked.length ? [] : await measureThreads(Number((isThreads && others[0]) || 600))
  for (const container of asked.length || isThreads ? asked : containers) {
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

/** Each gateway transcribes a short recording and then a long one. */
async function measure(container: string): Promise<[Measured, Measured]> {
  const [short, long] = [await longRecording(container, lengths[0]), await longRecording(container, lengths[1])]
  using gateway = await startGateway('--max-bytes', String(2 ** 30))
  const audioSeconds = () => gateway.readMetric('livepeer_ai_audio_seconds_total')
  const peakOf = async (recording: Uint8Array): Promise<Measured> => {
    const before = await audioSeconds()
    await gateway.resetPeak()
    await transcribe(gateway.url, container, recording)
    const { peak } = await gateway.readMemory()
    return { duration: (await audioSeconds()) - before, peak, size: recording.length }
  }
  await transcribe(gateway.url, container, await longRecording(container, 1))
  return [await peakOf(short), await peakOf(long)]
}

function describe({ duration, peak, size }: Measured): string {
  return `${Math.round(duration)} s (${megabytes(size)}) ${megabytes(peak)}`
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}
