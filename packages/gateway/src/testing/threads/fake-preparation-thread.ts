import type { Piece } from '../../model/detection/find-speech.ts'
import { takeStep, type Steps } from '../../take-step.ts'
import { AudioTooLongError, UnsupportedAudioError } from '../../transcriber-error.ts'
import { serveJobs } from '../../worker/jobs/serve-jobs.ts'
import type { ModelOptions } from '../../worker/model-options.ts'
import { behaviours } from './fake-behaviours.ts'
import { pieceSeconds } from './fake-threads.ts'

serveJobs<ModelOptions, Uint8Array, Piece, number>({
  mayWait: true,
  load: ({ models }) => (models[0]?.name === 'none' ? Promise.reject(new Error('No.')) : Promise.resolve()),
  run: findWords,
})

const voice = { start: 0, window: 1, probabilities: new Float32Array() }

const refusals: Record<string, Error> = {
  unsupported: new UnsupportedAudioError('This is no audio.'),
  long: new AudioTooLongError('This is too long.'),
}

/** Words that begin with `decode-` are for this thread. */
async function* findWords(bytes: Uint8Array, _: ModelOptions, steps: Steps): AsyncGenerator<Piece, number> {
  const words = new TextDecoder().decode(bytes).split(' ')
  for (const [index, word] of words.entries()) {
    await takeStep(steps)
    const [, own = ''] = /^decode-(.*)/.exec(word) ?? []
    if (refusals[own]) throw refusals[own]
    await behaviours[own]?.(steps)
    const start = index * pieceSeconds
    const samples = Float32Array.from(new TextEncoder().encode(word))
    if (!own) yield { start, end: start + pieceSeconds, samples, voice }
  }
  return words.length * pieceSeconds
}
