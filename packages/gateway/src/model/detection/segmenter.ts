/** A stretch of the audio in seconds. */
export interface Span {
  start: number
  end: number
}

interface Windows {
  /** The first window, and the one after the last. */
  start: number
  end: number
}

/**
 * Speech begins at a window with at least the first probability, and lasts until windows stay below
 * the second one.
 */
const onset = 0.5
const offset = 0.35
/** In seconds. A shorter pause does not end a stretch of speech. */
const minPause = 0.8
/** In seconds. A shorter sound is a click, not a word. */
const minSpeech = 0.1
/** In seconds, on both sides: first and last sounds are often unvoiced. */
const padding = 0.2
/**
 * In seconds. The model was trained on short utterances, and its cost grows with the square of
 * their length.
 */
const maxSpeech = 18

/**
 * Finds speech while the audio arrives, in spans that are short enough for the model. Spans are in
 * order and do not overlap.
 */
export class Segmenter {
  readonly #window: number
  readonly #maxWindows: number
  readonly #probabilities: number[] = []
  /** The first window of the speech that has not ended yet. */
  #start: number | undefined
  /** The end of the last span that was cut off in the middle of speech. */
  #cut: number | undefined
  #lastVoiced = 0

  /** Takes the length of a window in seconds. */
  constructor(window: number) {
    this.#window = window
    this.#maxWindows = Math.floor(maxSpeech / window)
  }

  /** The probability of speech of all windows so far. */
  get probabilities(): readonly number[] {
    return this.#probabilities
  }

  /** The start of the audio that a later span may need, in seconds. */
  get needed(): number {
    return Math.max(0, (this.#start ?? this.#probabilities.length) * this.#window - padding)
  }

  /** Takes the probability of speech of the next window. Returns the span that it ends, if any. */
  push(probability: number): Span | undefined {
    const index = this.#probabilities.push(probability) - 1
    if (this.#start === undefined && probability >= onset) this.#start = index
    if (this.#start === undefined) return undefined
    if (probability >= offset) this.#lastVoiced = index
    if ((index - this.#lastVoiced) * this.#window >= minPause) return this.finish()
    const limit = this.#start + this.#maxWindows
    return this.#lastVoiced >= limit && index > limit ? this.#cutAt(this.#start, limit) : undefined
  }

  /** Returns the speech that has not ended yet, if any. */
  finish(): Span | undefined {
    const start = this.#start
    if (start === undefined) return undefined
    this.#start = undefined
    const end = this.#lastVoiced + 1
    const isClick = start !== this.#cut && (end - start) * this.#window < minSpeech
    return isClick ? undefined : this.#toSpan({ start, end })
  }

  /** Cuts overlong speech at the least likely window, in the last three quarters of a piece. */
  #cutAt(start: number, limit: number): Span {
    const end = quietest(this.#probabilities, start + Math.floor(this.#maxWindows / 4), limit)
    const span = this.#toSpan({ start, end }, 0)
    this.#start = this.#cut = end
    return span
  }

  #toSpan({ start, end }: Windows, paddingAtEnd: number = padding): Span {
    const paddingAtStart = start === this.#cut ? 0 : padding
    return {
      start: Math.max(0, start * this.#window - paddingAtStart),
      end: end * this.#window + paddingAtEnd,
    }
  }
}

/** Of equal windows, takes the last. */
function quietest(probabilities: readonly number[], from: number, to: number): number {
  let best = to
  let lowest = Infinity
  for (let index = from; index <= to; index++) {
    const loudness = [index - 1, index, index + 1].reduce((sum, window) => sum + (probabilities[window] ?? 0), 0)
    if (loudness > lowest) continue
    lowest = loudness
    best = index
  }
  return best
}
