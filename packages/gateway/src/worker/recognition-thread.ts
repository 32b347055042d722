import { Recognizer } from '../model/recognition/recognizer.ts'
import { loadRuntime } from '../model/runtime.ts'
import type { Steps } from '../take-step.ts'
import type { Segment } from '../transcriber.ts'
import { serveJobs } from './jobs/serve-jobs.ts'
import type { ModelOptions, ModelPiece } from './model-options.ts'

/** By the name of the model. The first one is the default. */
const recognizers = new Map<string, Recognizer>()

serveJobs<ModelOptions, ModelPiece, 'encoded', Segment[]>({
  mayWait: false,
  async load({ models }) {
    const runtime = await loadRuntime()
    for (const { name, folder } of models) recognizers.set(name, await Recognizer.load(runtime, folder))
  },
  run: recognize,
})

async function* recognize(piece: ModelPiece, _: ModelOptions, steps: Steps): AsyncGenerator<'encoded', Segment[]> {
  const [first] = recognizers.values()
  const recognizer = piece.model === undefined ? first : recognizers.get(piece.model)
  if (!recognizer) throw new Error(`There is no model '${piece.model}'.`)
  return yield* recognizer.recognize(piece, steps)
}
