import type { Piece } from '../../model/detection/find-speech.ts'
import { takeStep, type Steps } from '../../take-step.ts'
import type { Segment } from '../../transcriber.ts'
import { serveJobs } from '../../worker/jobs/serve-jobs.ts'
import type { ModelOptions } from '../../worker/model-options.ts'
import { behaviours } from './fake-behaviours.ts'

serveJobs<ModelOptions, Piece, never, Segment[]>({
  mayWait: false,
  load: () => Promise.resolve(),
  run: recognizeWord,
})

// oxlint-disable-next-line require-yield -- a piece has one result
async function* recognizeWord(
  { start, end, samples }: Piece,
  _: ModelOptions,
  steps: Steps,
): AsyncGenerator<never, Segment[]> {
  const text = new TextDecoder().decode(Uint8Array.from(samples))
  await takeStep(steps)
  await behaviours[text]?.(steps)
  return [{ start, end, text, words: [{ start, end, text }] }]
}
