import type { ThreadModules } from '../../worker/worker-transcriber.ts'

/** Threads without a model. A recording is a text, and each word of it is a piece. */
export const fakeThreads: ThreadModules = {
  preparation: new URL('./fake-preparation-thread.ts', import.meta.url),
  recognition: new URL('./fake-recognition-thread.ts', import.meta.url),
}

/** The length of each piece in seconds. */
export const pieceSeconds = 12
