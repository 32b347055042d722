import { takeStep, type Steps } from '../../take-step.ts'
import type { Segment } from '../../transcriber.ts'
import { serveJobs } from '../../worker/jobs/serve-jobs.ts'
import type { ModelOptions, ModelPiece } from '../../worker/model-options.ts'
import { behaviours } from './fake-behaviours.ts'

serveJobs<ModelOptions, ModelPiece, 'encoded', Segment[]>({
  mayWait: false,
  load: () => Promise.resolve(),
  run: recognizeWord,
})

/** Words that begin with `encode-` are for the encoder. */
async function* recognizeWord(
  { start, end, samples, model }: ModelPiece,
  _: ModelOptions,
  steps: Steps,
): AsyncGenerator<'encoded', Segment[]> {
  const word = new TextDecoder().decode(Uint8Array.from(samples))
  const text = word === 'model' ? String(model) : word
  const [, encoding = ''] = /^encode-(.*)/.exec(text) ?? []
  await behaviours[encoding]?.(steps)
  yield 'encoded'
  await takeStep(steps)
  await behaviours[text]?.(steps)
  return [{ start, end, text, words: [{ start, end, text }] }]
}
