import { workerData } from 'node:worker_threads'
import { takeStep } from '../take-step.ts'
import { AudioTooLongError, UnsupportedAudioError } from '../transcriber-error.ts'
import type { TranscribeOptions, Transcriber, TranscriberInput, Transcript } from '../transcriber.ts'
import { serveTranscriber } from '../worker/serve-transcriber.ts'

/** Behaves as the bytes say in text; other bytes are the transcript. */
const behaviours: Record<string, (options: TranscribeOptions) => Promise<never>> = {
  unsupported: () => Promise.reject(new UnsupportedAudioError('This is no audio.')),
  'too long': () => Promise.reject(new AudioTooLongError('This is too long.')),
  throw: () => Promise.reject(new RangeError('Something is out of range.')),
  crash: () => {
    setTimeout(() => {
      throw new Error('Nobody catches this.')
    })
    return new Promise(() => {})
  },
  exit: () => process.exit(3),
  'never settle': () => new Promise(() => {}),
  spin: () => {
    for (;;);
  },
  'step on': async (options) => {
    for (;;) await takeStep(options)
  },
}

const unreliable: Transcriber = {
  load: () =>
    (workerData as { ffmpeg?: string }).ffmpeg === 'none' ? Promise.reject(new Error('No.')) : Promise.resolve(),
  async transcribe({ bytes }: TranscriberInput, options: TranscribeOptions): Promise<Transcript> {
    const text = new TextDecoder().decode(bytes)
    await behaviours[text]?.(options)
    await takeStep(options)
    return { text, duration: bytes.length, segments: [] }
  },
  close: () => Promise.resolve(),
}

serveTranscriber(unreliable)
