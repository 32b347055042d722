import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { WorkerTranscriber } from '@livepeer-ai/gateway'

/** How far memory grows with the length of a recording, beside what its samples take: each length in a process of its own. */
const lengths = [300, 1800]
const clip = new URL('../../packages/conformance/fixtures/speech/austen-0930.mp3', import.meta.url)
const clipSeconds = 3.3
/** 16 kHz mono, 32 bits. */
const decodedBytesPerSecond = 64_000

interface Measured {
  duration: number
  peakMegabytes: number
}

const [, , argument] = process.argv
if (Number(argument) > 0) console.log(JSON.stringify(await measure(Number(argument))))
else {
  const [short, long] = lengths.map(inChild) as [Measured, Measured]
  for (const { duration, peakMegabytes } of [short, long])
    console.log(`${duration} s of MP3: ${peakMegabytes} MB at the peak`)
  const decoded = Math.round(((long.duration - short.duration) * decodedBytesPerSecond) / 2 ** 20)
  console.log(
    `grown by ${long.peakMegabytes - short.peakMegabytes} MB, where the samples of the difference take ${decoded} MB`,
  )
}

function inChild(seconds: number): Measured {
  const { stdout } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), String(seconds)], {
    encoding: 'utf8',
  })
  return JSON.parse(stdout) as Measured
}

async function measure(seconds: number): Promise<Measured> {
  const bytes = await readFile(clip)
  const transcriber = new WorkerTranscriber()
  const recording = { bytes: Buffer.concat(Array.from({ length: Math.ceil(seconds / clipSeconds) }, () => bytes)) }
  const { duration } = await transcriber.transcribe(recording, { words: true })
  await transcriber.close()
  return { duration: Math.round(duration), peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024) }
}
