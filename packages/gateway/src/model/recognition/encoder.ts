import { createSession, type Runtime, type Session, type Tensor } from '../runtime.ts'

/** Length of one frame of the encoder's output in seconds: 384 samples at 16 kHz. */
export const frameDuration: number = 384 / 16_000
/** Fewer samples make no frame. */
const minSamples = 1600

/** Moonshine's encoder. Turns samples into one vector per frame. */
export class Encoder {
  readonly #runtime: Runtime
  readonly #session: Session

  constructor(runtime: Runtime, session: Session) {
    this.#runtime = runtime
    this.#session = session
  }

  static async load(runtime: Runtime, graph: Uint8Array): Promise<Encoder> {
    return new Encoder(runtime, await createSession(runtime, graph))
  }

  /** The shape of the result is [1, frames, size]. */
  async encode(samples: Float32Array): Promise<Tensor> {
    const input = new Float32Array(Math.max(samples.length, minSamples))
    input.set(samples)
    const { last_hidden_state: states } = await this.#session.run({
      input_values: new this.#runtime.Tensor('float32', input, [1, input.length]),
    })
    return states as Tensor
  }
}
