import { pathToFileURL } from 'node:url'
import { readWeights } from '@livepeer-ai/model'
import { decodeAudio, sampleRate } from '../audio/decode-audio.ts'
import type { Segment, TranscribeOptions, Transcriber, TranscriberInput, Transcript, Word } from '../transcriber.ts'
import { alignTokens } from './alignment.ts'
import { cutSpans } from './cut-spans.ts'
import { Decoder } from './decoder.ts'
import { Encoder, frameDuration } from './encoder.ts'
import { loadRuntime } from './runtime.ts'
import { findSpeech, type Span } from './segmenter.ts'
import { toSentences } from './sentences.ts'
import { toWords } from './tokenizer.ts'
import { VoiceActivity, windowSize } from './voice-activity.ts'

export interface ModelTranscriberOptions {
  /** Limit in seconds. Longer recordings are rejected with an AudioTooLongError. Default: 3600. */
  maxDuration?: number | undefined
  /** Folder with the `weights` of `@livepeer-ai/model`; default: the folder of that package. */
  modelFolder?: string | undefined
  /** The program that decodes M4A, MP4 and AAC: a name on PATH, or a path. Default: `ffmpeg`. */
  ffmpeg?: string | undefined
}

/** Upper limit: people speak more slowly. */
const maxTokensPerSecond = 6.5
const minTokens = 8

/** Transcribes English with Moonshine. Blocks its thread; accepts one call at a time. */
export class ModelTranscriber implements Transcriber {
  readonly #options: { maxDuration: number; ffmpeg: string }
  readonly #modelFolder: URL | undefined
  #model: Promise<{ voiceActivity: VoiceActivity; encoder: Encoder; decoder: Decoder }> | undefined

  constructor({ maxDuration = 3600, ffmpeg = 'ffmpeg', modelFolder }: ModelTranscriberOptions = {}) {
    this.#options = { maxDuration, ffmpeg }
    this.#modelFolder = modelFolder === undefined ? undefined : pathToFileURL(`${modelFolder}/`)
  }

  async load(): Promise<void> {
    await this.#load()
  }

  async transcribe({ bytes }: TranscriberInput, options: TranscribeOptions): Promise<Transcript> {
    const { voiceActivity } = await this.#load()
    // Decodes twice, to find speech and to recognize it: decoding is fast, but the samples of a
    // long recording are large.
    const decode = () => decodeAudio(bytes, { ...options, ...this.#options })
    const { probabilities, length } = await voiceActivity.detect(decode(), options)
    const duration = length / sampleRate
    const spans = findSpeech(probabilities, windowSize / sampleRate, duration)
    const segments: Segment[] = []
    for await (const { span, samples } of cutSpans(decode(), spans, sampleRate))
      segments.push(...toSentences(await this.#recognize(samples, span, options)))
    if (options.transfer) release(bytes)
    return {
      text: segments.map(({ text }) => text).join(' '),
      duration,
      language: 'en',
      segments: options.words ? segments : segments.map(({ start, end, text }) => ({ start, end, text })),
    }
  }

  close(): Promise<void> {
    this.#model = undefined
    return Promise.resolve()
  }

  async #recognize(speech: Float32Array, { start, end }: Span, options: TranscribeOptions): Promise<Word[]> {
    const { encoder, decoder } = await this.#load()
    const maxTokens = Math.max(minTokens, Math.ceil((end - start) * maxTokensPerSecond))
    const { tokens, attention } = await decoder.decode(await encoder.encode(speech), { ...options, maxTokens })
    const ranges = alignTokens(attention)
    const toTime = (frame: number) => Math.min(end, start + frame * frameDuration)
    const words = toWords(tokens)
    return words.map(({ text, first, last }, index) => {
      // Two tokens can share a frame; two words do not overlap.
      const next = words[index + 1]?.first ?? last + 1
      const endFrame = Math.min(ranges[last]?.end ?? 0, ranges[next]?.start ?? Infinity)
      return { start: toTime(ranges[first]?.start ?? 0), end: toTime(endFrame), text }
    })
  }

  #load() {
    this.#model ??= loadModel(this.#modelFolder)
    return this.#model
  }
}

/** Frees memory at once instead of at garbage collection. */
function release({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.resizable) buffer.resize(0)
}

async function loadModel(folder: URL | undefined) {
  const runtime = await loadRuntime()
  return {
    voiceActivity: await VoiceActivity.load(runtime, await readWeights('voiceActivity', folder)),
    encoder: await Encoder.load(runtime, await readWeights('encoder', folder)),
    decoder: await Decoder.load(runtime, await readWeights('decoder', folder)),
  }
}
