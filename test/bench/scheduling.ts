import { execFile } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { WorkerTranscriber } from '@livepeer-ai/gateway'
import { readClip, spoken } from '../../packages/gateway/src/testing/speech-clips.ts'
import { wavFile } from '../../packages/gateway/src/testing/wav-file.ts'
import type { Goals } from './report/write-goals.ts'

/**
 * Measures how threads share recordings, each number of threads in a process of its own: `node
 * test/bench/scheduling.ts THREADS`.
 */
interface Scheduling {
  /** Seconds for a long recording. */
  long: number
  /** Seconds of 19 of 20 clips that were sent one by one beside a long recording. */
  clipBeside: number
  /** Seconds for 40 clips, 8 at a time. */
  clips: number
  /** Memory after all of this, in bytes. */
  memory: number
}

const longSeconds = 600

/** Returns goals for one and for two threads, as far as there are cores. */
export async function measureScheduling(): Promise<Goals> {
  const one = await measureAlone(1)
  const goals: Goals = [
    ['95 % of clips beside a long recording, 1 thread, s', one.clipBeside, 1.5],
    ['memory with 1 thread, MB', one.memory / 1e6, 550],
  ]
  if (availableParallelism() < 2) return goals
  const two = await measureAlone(2)
  return [
    ...goals,
    ['95 % of clips beside a long recording, 2 threads, s', two.clipBeside, 1],
    ['memory of the second thread, MB', (two.memory - one.memory) / 1e6, 300],
    ['long recording: time of 2 threads for each of 1', two.long / one.long, 0.6],
    ['40 clips, 8 at a time: time of 2 threads for each of 1', two.clips / one.clips, 1 / 1.7],
  ]
}

async function measureAlone(threads: number): Promise<Scheduling> {
  const { stdout } = await promisify(execFile)(process.execPath, [import.meta.filename, String(threads)])
  const measured = JSON.parse(stdout) as Scheduling
  console.log(`${threads} threads: ${JSON.stringify(measured)}`)
  return measured
}

async function measure(threads: number): Promise<Scheduling> {
  const headerSize = 44
  const clips = await Promise.all(
    Object.keys(spoken).map(async (name) => (await readClip(`${name}.wav`)).subarray(headerSize)),
  )
  const speech = Buffer.concat(clips)
  const times = Math.ceil((longSeconds * 32_000) / speech.length)
  const longFile = wavFile({ data: Buffer.concat(Array.from({ length: times }, () => speech)) })
  const [clip = speech] = clips
  const clipFile = wavFile({ data: clip })

  const transcriber = new WorkerTranscriber({ threads })
  const transcribe = (bytes: Uint8Array, signal?: AbortSignal) =>
    transcriber.transcribe({ bytes }, { words: true, signal })
  // Loads all threads, and warms them up.
  while (transcriber.activity.threads < threads) await Promise.all([transcribe(clipFile), transcribe(clipFile)])
  await Promise.all(Array.from({ length: 2 * threads }, () => transcribe(clipFile)))
  const clipsTime = await time(async () => {
    let left = 40
    const send = async () => {
      while (left-- > 0) await transcribe(clipFile)
    }
    await Promise.all(Array.from({ length: 8 }, send))
  })
  const longTime = await time(() => transcribe(longFile))

  const controller = new AbortController()
  const beside = transcribe(longFile, controller.signal).catch(() => {})
  await setTimeout(2000)
  const waits: number[] = []
  for (let index = 0; index < 20; index++) {
    waits.push(await time(() => transcribe(clipFile)))
    // The clips meet all phases of the long pieces.
    await setTimeout(37 * index)
  }
  controller.abort()
  await beside
  const memory = process.memoryUsage.rss()
  await transcriber.close()
  return { long: longTime, clipBeside: waits.toSorted((a, b) => a - b)[18] ?? NaN, clips: clipsTime, memory }
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now()
  await work()
  return (performance.now() - begin) / 1000
}

if (process.argv[1] === import.meta.filename) console.log(JSON.stringify(await measure(Number(process.argv[2]))))
