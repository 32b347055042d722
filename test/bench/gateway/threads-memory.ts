import { setTimeout as sleep } from 'node:timers/promises'
import { longRecording } from '../long-recording.ts'
import type { Goals } from '../report/write-goals.ts'
import { startGateway, transcribe, type GatewayProcess } from './start-gateway.ts'

/** Memory of a gateway in bytes. */
interface Memory {
  idle: number
  /** The peak while it transcribes long recordings. */
  peak: number
  /** After the first long recording, and after the last one. */
  first: number
  last: number
}

/** A gateway is at rest if its memory changes by less, in bytes, in so many milliseconds. */
const calm = { bytes: 2e6, ms: 3000 }
const recordings = 3

/**
 * Measures the gateway with one thread and with two: idle, during long recordings one after the
 * other, and afterwards.
 */
export async function measureThreads(seconds: number): Promise<Goals> {
  const recording = await longRecording('mp3', seconds)
  const one = await measure(1, recording)
  const two = await measure(2, recording)
  const mega = (bytes: number) => bytes / 1e6
  return [
    ['idle, 1 thread, MB', mega(one.idle), 550],
    ['idle, second thread, MB', mega(two.idle - one.idle), 300],
    ...[one, two].map(({ idle, peak }, index): Goals[number] => [
      `${recordings} recordings of ${seconds} s, ${index + 1} threads: peak above idle, MB`,
      mega(peak - idle),
      (index + 1) * mega(6 * recording.length + 64e6),
    ]),
    ...[one, two].map(({ first, last }, index): Goals[number] => [
      `${index + 1} threads: growth from the first recording to the last, MB`,
      mega(last - first),
      50,
    ]),
  ]
}

async function measure(threads: number, recording: Uint8Array): Promise<Memory> {
  using gateway = await startGateway('--threads', String(threads))
  while ((await gateway.readMetric('livepeer_ai_threads')) < threads) await sleep(100)
  const idle = await rest(gateway)
  await gateway.resetPeak()
  const after: number[] = []
  for (let index = 0; index < recordings; index++) {
    await transcribe(gateway.url, 'mp3', recording)
    after.push(await rest(gateway))
  }
  const { peak } = await gateway.readMemory()
  const megabytes = [idle, peak, ...after].map((bytes) => Math.round(bytes / 1e6))
  console.log(`${threads} threads: idle, peak, after each recording: ${megabytes.join(', ')} MB`)
  return { idle, peak, first: after.at(0) ?? NaN, last: after.at(-1) ?? NaN }
}

/** Waits until the gateway is at rest. Returns its memory. */
async function rest(gateway: GatewayProcess): Promise<number> {
  for (let before = 0; ;) {
    const { now } = await gateway.readMemory()
    if (Math.abs(now - before) < calm.bytes) return now
    before = now
    await sleep(calm.ms)
  }
}
