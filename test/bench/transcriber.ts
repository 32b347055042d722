import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { WorkerTranscriber } from '@livepeer-ai/gateway'
import { containers, readClip, spoken } from '../../packages/gateway/src/testing/speech-clips.ts'
import { wavFile } from '../../packages/gateway/src/testing/wav-file.ts'
import { wordErrorRate } from '../../packages/gateway/src/testing/word-error-rate.ts'
import { writeGoals, type Goals } from './report/write-goals.ts'
import { measureScheduling } from './scheduling.ts'

/**
 * Measures the transcriber, and Debian's pocketsphinx if it is installed: `node
 * test/bench/transcriber.ts`.
 */
const longRecording = 600
const headerSize = 44
const bytesPerSecond = 32_000

const clips = await Promise.all(
  Object.entries(spoken).map(async ([name, text]) => {
    const path = fileURLToPath(new URL(`../../packages/conformance/fixtures/speech/${name}.wav`, import.meta.url))
    const bytes = await readFile(path)
    return { path, bytes, text, duration: (bytes.length - headerSize) / bytesPerSecond }
  }),
)
const reference = clips.map(({ text }) => text).join(' ')
const clipsDuration = clips.reduce((sum, { duration }) => sum + duration, 0)

// Costs are those of one thread.
const transcriber = new WorkerTranscriber({ threads: 1 })
const loading = await measure(() => transcriber.load())
report(
  'load',
  `${loading.wall.toFixed(1)} s, ${loading.cpu.toFixed(1)} CPU-s, RSS ${megabytes(process.memoryUsage.rss())}`,
)

// Both take turns, so that other load on the machine affects both. The minimum counts.
let ours = await transcribeClips()
let theirs = await pocketsphinx()
for (let round = 1; round < 3; round++) {
  ours = cheaper(ours, await transcribeClips())
  theirs &&= cheaper(theirs, (await pocketsphinx())!)
}
report(`${clips.length} clips, ${clipsDuration.toFixed(1)} s, the best of 3 rounds`, describe(ours))

const byContainer: [string, number][] = []
for (const container of containers) {
  const { text } = await transcriber.transcribe({ bytes: await readClip(`austen-0930.${container}`) }, { words: true })
  byContainer.push([container, wordErrorRate(spoken['austen-0930'], text)])
}
report(
  'one clip in each container',
  byContainer.map(([container, errors]) => `${container} WER ${(errors * 100).toFixed(1)} %`).join(', '),
)

const long = await measure(() => transcriber.transcribe({ bytes: repeat(longRecording) }, { words: true }))
const { duration, text } = long.result
const longCpu = long.cpu / duration
const rounds = Math.ceil(duration / clipsDuration)
const longErrors = wordErrorRate(Array.from({ length: rounds }, () => reference).join(' '), text)
report(
  `one recording, ${duration.toFixed(0)} s`,
  `${describe({ cpu: longCpu, errors: longErrors })}, ${long.wall.toFixed(0)} s`,
)
const peak = process.resourceUsage().maxRSS * 1024
report('peak RSS', megabytes(peak))
await transcriber.close()
const scheduling = await measureScheduling()

if (theirs) {
  report('pocketsphinx, the same rounds, a process for each clip', describe(theirs))
  report(
    'pocketsphinx / ours',
    `${(theirs.cpu / ours.cpu).toFixed(1)} times the CPU, ${(theirs.errors / ours.errors).toFixed(1)} times the errors`,
  )
} else {
  report(
    'pocketsphinx',
    'pocketsphinx_continuous is not on PATH: nothing to compare with (Debian: pocketsphinx, pocketsphinx-en-us)',
  )
}

const asFigures = ({ cpu, errors }: Cost) => ({
  'CPU seconds for a second of audio': cpu,
  'words wrong, %': errors * 100,
})
await writeGoals(
  'gateway',
  [
    ['CPU seconds for a second of audio', ours.cpu, 0.25],
    ['CPU seconds for a second of a long recording', longCpu, 0.25],
    ...scheduling,
    ['words wrong in the clips, %', ours.errors * 100, 5],
    ...byContainer.map(([container, errors]): Goals[number] => [`words wrong in ${container}, %`, errors * 100, 5]),
    ['memory for 10 minutes, MB', peak / 1e6, 900],
    ...(theirs ? [['our CPU for each of pocketsphinx', ours.cpu / theirs.cpu, 1 / 3] satisfies Goals[number]] : []),
  ],
  {
    results: {
      'This gateway': { ...asFigures(ours), 'load, s': loading.wall, 'memory for 10 minutes, MB': peak / 1e6 },
      ...(theirs && { pocketsphinx: asFigures(theirs) }),
    },
  },
)

interface Cost {
  cpu: number
  errors: number
}

function cheaper(one: Cost, other: Cost): Cost {
  return one.cpu < other.cpu ? one : other
}

async function transcribeClips(): Promise<Cost> {
  const { cpu, result } = await measure(async () => {
    const texts: string[] = []
    for (const { bytes } of clips) texts.push((await transcriber.transcribe({ bytes }, { words: true })).text)
    return texts.join(' ')
  })
  return { cpu: cpu / clipsDuration, errors: wordErrorRate(reference, result) }
}

async function measure<Result>(work: () => Promise<Result>) {
  const [begin, before] = [performance.now(), process.cpuUsage()]
  const result = await work()
  const { user, system } = process.cpuUsage(before)
  return { result, cpu: (user + system) / 1e6, wall: (performance.now() - begin) / 1000 }
}

/** Repeats the clips for at least so many seconds. */
function repeat(seconds: number): Uint8Array {
  const speech = Buffer.concat(clips.map(({ bytes }) => bytes.subarray(headerSize)))
  const times = Math.ceil((seconds * bytesPerSecond) / speech.length)
  return wavFile({ data: Buffer.concat(Array.from({ length: times }, () => speech)) })
}

/** pocketsphinx runs once per clip, as in practice. `times` of the shell reports the CPU time. */
async function pocketsphinx(): Promise<Cost | undefined> {
  const script = 'for clip; do pocketsphinx_continuous -infile "$clip" -logfn /dev/null || exit; done; times'
  try {
    const { stdout } = await promisify(execFile)('sh', ['-c', script, 'sh', ...clips.map(({ path }) => path)])
    const lines = stdout.trim().split('\n')
    const children = [...(lines.at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)]
    const cpu = children.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0)
    return { cpu: cpu / clipsDuration, errors: wordErrorRate(reference, lines.slice(0, -2).join(' ')) }
  } catch {
    return undefined
  }
}

function describe({ cpu, errors }: Cost): string {
  return `${cpu.toFixed(3)} CPU-s per second of audio, WER ${(errors * 100).toFixed(1)} %`
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`
}

function report(what: string, figures: string): void {
  console.log(`${what}: ${figures}`)
}
