import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { mutate } from '../../packages/gateway/src/testing/mutate.ts'
import { createRandom } from '../../packages/gateway/src/testing/random.ts'
import { readClip, spoken } from '../../packages/gateway/src/testing/speech-clips.ts'
import { longRecording } from './long-recording.ts'
import { writeGoals } from './report/write-goals.ts'

/**
 * Sends clips, long recordings, aborted uploads, corrupt files and wrong tokens to one gateway at
 * the same time: `npm run bench -- gateway-load [SECONDS]`. Default: ten minutes.
 */
const seconds = Number(process.argv[3] ?? 600)
const token = 'load-test'
const answerSeconds = 120

interface File {
  name: string
  bytes: Uint8Array
}

interface Outcome {
  status: number
  text: string | undefined
}

const random = createRandom(18)
const below = (limit: number): number => Math.floor(random() * limit)
const counts = { answers: 0, wrong: 0, serverErrors: 0, unanswered: 0, aborted: 0 }
const memory: number[] = []

const cli = fileURLToPath(new URL('../../packages/gateway/src/cli.ts', import.meta.url))
const gateway = spawn(process.execPath, [cli, '--port', '0', '--token', token], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
try {
  const [line] = (await once(gateway.stdout, 'data')) as [Buffer]
  const url = / (http:\S+) /.exec(line.toString())?.[1] ?? ''
  const clips = await Promise.all(
    Object.keys(spoken).map(async (name): Promise<File> => ({
      name: `${name}.wav`,
      bytes: await readClip(`${name}.wav`),
    })),
  )
  const long: File = { name: 'long.mp3', bytes: await longRecording('mp3', 120) }
  const usual = new Map<string, string | undefined>()
  // The gateway transcribes alone what it transcribes under load afterwards.
  for (const file of [...clips, long]) usual.set(file.name, (await send(url, file)).text)

  const end = performance.now() + seconds * 1000
  const repeat = async (work: () => Promise<unknown>, pauseMs = 0) => {
    while (performance.now() < end) {
      await work()
      await sleep(pauseMs)
    }
  }
  const transcribe = async (file: File) => {
    const { status, text } = await send(url, file)
    if (status === 200 ? text !== usual.get(file.name) : status > 0 && status < 500) counts.wrong++
  }
  const clipOf = () => clips[below(clips.length)] ?? long
  let round = 0
  await Promise.all([
    ...Array.from({ length: 3 }, () => repeat(() => transcribe(clipOf()), 200)),
    repeat(() => transcribe(long)),
    repeat(() => send(url, below(4) ? clipOf() : long, { abortMs: below(800) }), 100),
    repeat(() => send(url, { name: 'corrupt.wav', bytes: mutate(clipOf().bytes, round++, random) }), 300),
    repeat(async () => {
      if ((await send(url, clipOf(), { as: 'wrong-token' })).status !== 401) counts.wrong++
    }, 500),
    repeat(async () => memory.push(await readMemory()), 5000),
  ])
} finally {
  gateway.kill('SIGKILL')
}

const third = Math.floor(memory.length / 3)
const peakOf = (values: readonly number[]) => Math.max(...values)
const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`
console.log(
  `${JSON.stringify(counts)}, memory ${[0, 1, 2].map((part) => megabytes(peakOf(memory.slice(part * third, (part + 1) * third)))).join(', ')}`,
)
await writeGoals('gateway-load', [
  ['wrong transcripts and statuses', counts.wrong, 0],
  ['answers with 5xx', counts.serverErrors, 0],
  ['requests without an answer', counts.unanswered, 0],
  [
    'peak memory of the last third, as a share of the second',
    peakOf(memory.slice(2 * third)) / peakOf(memory.slice(third, 2 * third)),
    1.05,
  ],
])

/** Sends a recording, and counts its answer. A request that is aborted here counts as aborted. */
async function send(
  url: string,
  { name, bytes }: File,
  { abortMs, as = token }: { abortMs?: number; as?: string } = {},
): Promise<Outcome> {
  const body = new FormData()
  body.set('audio', new Blob([bytes as Uint8Array<ArrayBuffer>]), name)
  const signal = AbortSignal.timeout(abortMs ?? answerSeconds * 1000)
  try {
    const response = await fetch(`${url}/audio-to-text`, {
      method: 'POST',
      headers: { authorization: `Bearer ${as}` },
      body,
      signal,
    })
    const { text } = (await response.json()) as { text?: string }
    counts.answers++
    if (response.status >= 500) counts.serverErrors++
    return { status: response.status, text }
  } catch {
    if (abortMs === undefined) counts.unanswered++
    else counts.aborted++
    return { status: 0, text: undefined }
  }
}

async function readMemory(): Promise<number> {
  const status = await readFile(`/proc/${gateway.pid}/status`, 'utf8')
  return 1024 * Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1])
}
