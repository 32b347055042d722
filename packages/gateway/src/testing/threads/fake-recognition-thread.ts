import { takeStep, type Steps } from '../../take-step.ts'
import type { Segment } from '../../transcriber.ts'
import { serveJobs } from '../../worker/jobs/serve-jobs.ts'
import type { ModelOptions, ModelPiece } from '../../worker/model-options.ts'
import { behaviours } from './fake-behaviours.ts'

serveJobs<ModelOptions, ModelPiece, never, Segment[]>({
  mayWait: false,
  load: () => Promise.resolve(),
  run: recognizeWord,
})

// oxlint-disable-next-line require-yield -- a piece has one result
async function* recognizeWord(
  { start, end, samples, model }: ModelPiece,
  _: ModelOptions,
  steps: Steps,
): AsyncGenerator<never, Segment[]> {
  const word = new TextDecoder().decode(Uint8Array.from(samples))
  const text = word === 'model' ? String(model) : word
  await takeStep(steps)
  await behaviours[text]?.(steps)
  return [{ start, end, text, words: [{ start, end, text }] }]
}
