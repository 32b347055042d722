import { readWeights } from '@livepeer-ai/model'
import { takeStep, type Steps } from '../../take-step.ts'
import { createSession, loadRuntime, type Runtime, type Session } from '../runtime.ts'

/** Samples at 16 kHz per probability: 32 ms. */
export const windowSize = 512
/** Each window is preceded by the end of the one before. */
const contextSize = 64
const stateShape = [2, 1, 128]
const windowsPerStep = 64

/** Silero VAD. Returns the probability of speech. */
export class VoiceActivity {
  readonly #runtime: Runtime
  readonly #session: Session

  constructor(runtime: Runtime, session: Session) {
    this.#runtime = runtime
    this.#session = session
  }

  static async load(runtime?: Runtime): Promise<VoiceActivity> {
    runtime ??= await loadRuntime()
    return new VoiceActivity(runtime, await createSession(runtime, await readWeights('voiceActivity')))
  }

  /** Returns one probability per window. The last window may be filled up with silence. */
  async *detect(pieces: Iterable<Float32Array> | AsyncIterable<Float32Array>, options: Steps): AsyncGenerator<number> {
    const { Tensor } = this.#runtime
    const rate = new Tensor('int64', BigInt64Array.of(16_000n), [])
    let state = new Tensor('float32', new Float32Array(2 * 128), stateShape)
    // All windows share one input: a long recording would allocate one for each.
    const samples = new Float32Array(contextSize + windowSize)
    const input = new Tensor('float32', samples, [1, samples.length])
    let filled = contextSize
    let windows = 0
    const judge = async () => {
      if (windows++ % windowsPerStep === 0) await takeStep(options)
      const { output, stateN } = await this.#session.run({ input, state, sr: rate })
      state = stateN as typeof state
      samples.copyWithin(0, windowSize)
      samples.fill(0, contextSize)
      filled = contextSize
      return Number(output?.data[0])
    }
    for await (const piece of pieces) {
      for (let from = 0; from < piece.length;) {
        const part = piece.subarray(from, from + samples.length - filled)
        samples.set(part, filled)
        from += part.length
        filled += part.length
        if (filled === samples.length) yield await judge()
      }
    }
    if (filled > contextSize) yield await judge()
  }
}
