import { decodeAudio } from '../../packages/gateway/src/audio/decode-audio.ts'
import { mutate } from '../../packages/gateway/src/testing/mutate.ts'
import { createRandom } from '../../packages/gateway/src/testing/random.ts'
import { containers, readClip } from '../../packages/gateway/src/testing/speech-clips.ts'
import { UnsupportedAudioError } from '../../packages/gateway/src/transcriber-error.ts'
import { writeGoals, type Goals } from './report/write-goals.ts'

/** Decodes corrupt copies of a clip in each container: `npm run bench -- mutations`. */
const rounds = 3000
const goals: Goals = []
for (const container of [...containers, 'm4a']) {
  const file = await readClip(`austen-0930.${container}`)
  const random = createRandom(2026)
  let crashes = 0
  let slowest = 0
  let refused = 0
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now()
    try {
      for await (const _ of decodeAudio(mutate(file, round, random), { maxDuration: 60, ffmpeg: 'ffmpeg' }));
    } catch (error) {
      if (error instanceof UnsupportedAudioError) refused++
      else crashes++
    }
    slowest = Math.max(slowest, performance.now() - begin)
  }
  console.log(`${container}: ${refused} of ${rounds} refused, ${crashes} crashes, ${slowest.toFixed(0)} ms at most`)
  goals.push([`${container}: crashes of ${rounds} mutations`, crashes, 0])
  goals.push([`${container}: slowest, s`, slowest / 1000, 5])
}
await writeGoals('mutations', goals)
