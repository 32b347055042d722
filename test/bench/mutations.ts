import { execFileSync } from 'node:child_process'
import { decodeAudio } from '../../packages/gateway/src/audio/decode-audio.ts'
import { mutate } from '../../packages/gateway/src/testing/mutate.ts'
import { createRandom } from '../../packages/gateway/src/testing/random.ts'
import { containers, readClip } from '../../packages/gateway/src/testing/speech-clips.ts'
import { UnsupportedAudioError } from '../../packages/gateway/src/transcriber-error.ts'
import { writeGoals, type Goals } from './report/write-goals.ts'

/**
 * Decodes corrupt copies of a clip in each container: `npm run bench -- mutations [CONTAINER…]`.
 * Without ffmpeg, M4A is only read up to its index.
 */
const rounds = 3000
const ffmpeg = 'ffmpeg'
const goals: Goals = []
const asked = process.argv.slice(3)
for (const container of asked.length ? asked : [...containers, 'm4a']) {
  const file = await readClip(`austen-0930.${container}`)
  const random = createRandom(2026)
  let crashes = 0
  let slowest = 0
  let refused = 0
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now()
    try {
      for await (const _ of decodeAudio(mutate(file, round, random), { maxDuration: 60, ffmpeg }));
    } catch (error) {
      if (error instanceof UnsupportedAudioError) refused++
      else crashes++
    }
    slowest = Math.max(slowest, performance.now() - begin)
  }
  const decoder = container === 'm4a' && !hasFfmpeg() ? ' (without ffmpeg)' : ''
  console.log(
    `${container}${decoder}: ${refused} of ${rounds} refused, ${crashes} crashes, ${slowest.toFixed(0)} ms at most`,
  )
  goals.push([`${container}${decoder}: crashes of ${rounds} mutations`, crashes, 0])
  goals.push([`${container}${decoder}: slowest, s`, slowest / 1000, 5])
}
await writeGoals('mutations', goals)

function hasFfmpeg(): boolean {
  try {
    execFileSync(ffmpeg, ['-version'])
    return true
  } catch {
    return false
  }
}
