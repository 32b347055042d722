import { findSpeech, type Piece } from '../model/find-speech.ts'
import { VoiceActivity } from '../model/voice-activity.ts'
import type { ModelOptions } from './model-options.ts'
import { serveJobs } from './serve-jobs.ts'

let voiceActivity: VoiceActivity

serveJobs<ModelOptions, Uint8Array, Piece, number>({
  mayWait: true,
  async load({ modelFolder }) {
    voiceActivity = await VoiceActivity.load(modelFolder)
  },
  run: (bytes, { maxDuration, ffmpeg }, steps) => findSpeech(bytes, voiceActivity, { maxDuration, ffmpeg, ...steps }),
})
