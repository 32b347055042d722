import type { Steps } from '../../take-step.ts'
import type { Segment, Word } from '../../transcriber.ts'
import type { Piece } from '../detection/find-speech.ts'
import { readModel } from '../read-model.ts'
import type { Runtime, Tensor } from '../runtime.ts'
import { alignTokens } from './alignment.ts'
import { Decoder } from './decoder.ts'
import { Encoder, frameDuration } from './encoder.ts'
import { toSentences } from './sentences.ts'
import { capitalize, tidyCommas } from './tidy-words.ts'
import { toWords } from './tokenizer.ts'
import { trimWord } from './trim-word.ts'

/** Upper limit: people speak more slowly. */
const maxTokensPerSecond = 6.5
const minTokens = 8

/** Recognizes English with Moonshine. Can recognize several pieces by turns. */
export class Recognizer {
  readonly #encoder: Encoder
  readonly #decoder: Decoder

  constructor(encoder: Encoder, decoder: Decoder) {
    this.#encoder = encoder
    this.#decoder = decoder
  }

  /** Takes the folder of the model; default: the model of `@livepeer-ai/model`. */
  static async load(runtime: Runtime, folder?: string): Promise<Recognizer> {
    return new Recognizer(
      await Encoder.load(runtime, await readModel('encoder', folder)),
      await Decoder.load(runtime, await readModel('decoder', folder)),
    )
  }

  /**
   * Returns the sentences of a piece with their words. Yields after the encoder, which takes the
   * longest step.
   */
  async *recognize(piece: Piece, steps: Steps): AsyncGenerator<'encoded', Segment[]> {
    const frames = await this.#encoder.encode(piece.samples)
    yield 'encoded'
    const words = await this.#decode(frames, piece, steps)
    return toSentences(tidyCommas(words)).map(capitalize)
  }

  async #decode(frames: Tensor, { start, end, voice }: Piece, steps: Steps): Promise<Word[]> {
    const maxTokens = Math.max(minTokens, Math.ceil((end - start) * maxTokensPerSecond))
    const { tokens, attention } = await this.#decoder.decode(frames, { ...steps, maxTokens })
    const ranges = alignTokens(attention)
    const toTime = (frame: number) => Math.min(end, start + frame * frameDuration)
    const words = toWords(tokens)
    return words.map(({ text, first, last }, index) => {
      // Two tokens can share a frame; two words do not overlap.
      const next = words[index + 1]?.first ?? last + 1
      const endFrame = Math.min(ranges[last]?.end ?? 0, ranges[next]?.start ?? Infinity)
      return trimWord({ start: toTime(ranges[first]?.start ?? 0), end: toTime(endFrame), text }, voice)
    })
  }
}
