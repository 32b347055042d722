import type { Piece } from '../model/detection/find-speech.ts'
import { Recognizer } from '../model/recognition/recognizer.ts'
import type { Steps } from '../take-step.ts'
import type { Segment } from '../transcriber.ts'
import { serveJobs } from './jobs/serve-jobs.ts'
import type { ModelOptions } from './model-options.ts'

let recognizer: Recognizer

serveJobs<ModelOptions, Piece, never, Segment[]>({
  mayWait: false,
  async load({ modelFolder }) {
    recognizer = await Recognizer.load(modelFolder)
  },
  run: recognize,
})

// oxlint-disable-next-line require-yield -- a piece has one result
async function* recognize(piece: Piece, _: ModelOptions, steps: Steps): AsyncGenerator<never, Segment[]> {
  return recognizer.recognize(piece, steps)
}
