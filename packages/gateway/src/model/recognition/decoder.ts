import { release } from '../../release.ts'
import { takeStep, type Steps } from '../../take-step.ts'
import { createSession, type Runtime, type Session, type Tensor } from '../runtime.ts'
import {
  crossAttention,
  detachVocabulary,
  exposeCrossAttention,
  logits,
  readDecoderShape,
  type DecoderShape,
} from './onnx-graph.ts'
import { Vocabulary } from './vocabulary.ts'

export interface Decoding {
  tokens: number[]
  /**
   * Attention to each frame, by token and head. Has one more entry than `tokens` if the end of the
   * text was reached.
   */
  attention: Float32Array[][]
}

const beginOfText = 1
const endOfText = 2

/** The names and sizes of a decoder's inputs and outputs, by the shape of its graph. */
interface Layout {
  heads: number
  headSize: number
  /** The later layers align tokens with frames best. */
  alignedLayers: number[]
  /** The inputs that grow with each token. */
  growing: string[]
  /** The inputs that stay constant after the first token. */
  constant: string[]
}

function toLayout({ layers, heads, headSize }: DecoderShape): Layout {
  const numbers = Array.from({ length: layers }, (_, layer) => layer)
  const cacheNames = (part: 'decoder' | 'encoder') =>
    numbers.flatMap((layer) => [`${layer}.${part}.key`, `${layer}.${part}.value`])
  return {
    heads,
    headSize,
    alignedLayers: numbers.slice(layers / 2),
    growing: cacheNames('decoder'),
    constant: cacheNames('encoder'),
  }
}

/** Moonshine's decoder. Turns the encoder's frames into tokens, always the most likely ones. */
export class Decoder {
  readonly #runtime: Runtime
  readonly #session: Session
  readonly #layout: Layout
  readonly #vocabulary: Vocabulary | undefined

  constructor(runtime: Runtime, session: Session, layout: Layout, vocabulary?: Vocabulary) {
    this.#runtime = runtime
    this.#session = session
    this.#layout = layout
    this.#vocabulary = vocabulary
  }

  static async load(runtime: Runtime, graph: Uint8Array): Promise<Decoder> {
    const layout = toLayout(readDecoderShape(graph))
    const detached = detachVocabulary(graph)
    const vocabulary = detached && new Vocabulary(detached.table, detached.size)
    const exposed = exposeCrossAttention(detached?.model ?? graph, layout.alignedLayers)
    release(graph)
    if (detached) release(detached.model)
    return new Decoder(runtime, await createSession(runtime, exposed), layout, vocabulary)
  }

  /** Decodes until the text ends, the model repeats itself, or `maxTokens` are reached. */
  async decode(frames: Tensor, { maxTokens, ...options }: { maxTokens: number } & Steps): Promise<Decoding> {
    const { Tensor } = this.#runtime
    const { heads, alignedLayers, growing, constant } = this.#layout
    const tokens: number[] = []
    const attention: Float32Array[][] = []
    const cache = this.#emptyCache()
    // Later tokens use the cache of the frames. Each input would be copied for every token.
    const [, , size = 0] = frames.dims
    const unused = new Tensor('float32', new Float32Array(size), [1, 1, size])
    while (tokens.length < maxTokens) {
      await takeStep(options)
      const isFirst = tokens.length === 0
      const changed = isFirst ? [...growing, ...constant] : growing
      const feeds = {
        input_ids: new Tensor('int64', BigInt64Array.of(BigInt(tokens.at(-1) ?? beginOfText)), [1, 1]),
        encoder_hidden_states: isFirst ? frames : unused,
        use_cache_branch: new Tensor('bool', [!isFirst], [1]),
        ...Object.fromEntries(Array.from(cache, ([name, value]) => [`past_key_values.${name}`, value])),
      }
      // Only named outputs are copied; otherwise the constant ones would be copied for every token.
      const outputs = await this.#session.run(feeds, [
        logits,
        ...changed.map((name) => `present.${name}`),
        ...alignedLayers.map(crossAttention),
      ])
      const read = (name: string) => outputs[name] as Tensor
      for (const name of changed) cache.set(name, read(`present.${name}`))
      attention.push(alignedLayers.flatMap((layer) => toHeads(read(crossAttention(layer)).data as Float32Array, heads)))

      const scores = read(logits).data as Float32Array
      const token = this.#vocabulary?.findToken(scores) ?? indexOfMaximum(scores)
      if (token === endOfText) break
      tokens.push(token)
      const repeated = countRepeated(tokens)
      if (repeated > 0) {
        const kept = tokens.length - repeated
        return { tokens: tokens.slice(0, kept), attention: attention.slice(0, kept) }
      }
    }
    return { tokens, attention }
  }

  #emptyCache(): Map<string, Tensor> {
    const { heads, headSize, growing, constant } = this.#layout
    const empty = new this.#runtime.Tensor('float32', new Float32Array(), [1, heads, 0, headSize])
    return new Map([...growing, ...constant].map((name) => [name, empty]))
  }
}

function toHeads(weights: Float32Array, heads: number): Float32Array[] {
  const frames = weights.length / heads
  return Array.from({ length: heads }, (_, head) => weights.subarray(head * frames, (head + 1) * frames))
}

function indexOfMaximum(values: Float32Array): number {
  let best = 0
  for (let index = 1; index < values.length; index++) {
    if ((values[index] ?? -Infinity) > (values[best] ?? -Infinity)) best = index
  }
  return best
}

const maxPeriod = 12
const minRepetitions = 4
const minRepeatedTokens = 16

/**
 * Returns how many tokens at the end repeat the ones before them, or 0 for a few repetitions.
 * Speakers repeat words a few times; a model that has lost the text repeats them forever.
 */
export function countRepeated(tokens: number[]): number {
  for (let period = 1; period <= maxPeriod; period++) {
    let matching = 0
    while (matching < tokens.length - period && tokens.at(-1 - matching) === tokens.at(-1 - matching - period)) {
      matching++
    }
    const repetitions = Math.floor(matching / period) + 1
    if (repetitions >= minRepetitions && matching + period >= minRepeatedTokens) return matching
  }
  return 0
}
