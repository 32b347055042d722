import { findSpeech, type Piece } from '../model/detection/find-speech.ts'
import { VoiceActivity } from '../model/detection/voice-activity.ts'
import { release } from '../release.ts'
import type { Steps } from '../take-step.ts'
import { serveJobs } from './jobs/serve-jobs.ts'
import type { ModelOptions } from './model-options.ts'

let voiceActivity: VoiceActivity

serveJobs<ModelOptions, Uint8Array, Piece, number>({
  mayWait: true,
  async load() {
    voiceActivity = await VoiceActivity.load()
  },
  run: prepare,
})

async function* prepare(bytes: Uint8Array, options: ModelOptions, steps: Steps): AsyncGenerator<Piece, number> {
  try {
    return yield* findSpeech(bytes, voiceActivity, { ...options, ...steps })
  } finally {
    release(bytes)
  }
}
