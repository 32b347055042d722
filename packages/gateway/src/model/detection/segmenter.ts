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
 * In seconds. Pieces on both sides of a shorter pause are joined if they are short enough: the
 * model needs the context.
 */
const maxJoinedPause = 2

const none: Span[] = []

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
  #lastVoiced = 0
  /** The last speech that has ended. Later speech may be joined to it. */
  #ended: Windows | undefined
  /** The window at which speech was cut in two. */
  #cut: number | undefined

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
    const window = this.#ended?.start ?? this.#start ?? this.#probabilities.length
    return Math.max(0, window * this.#window - padding)
  }

  /** Takes the probability of speech of the next window. Returns the spans that are complete. */
  push(probability: number): Span[] {
    const index = this.#probabilities.push(probability) - 1
    if (this.#start === undefined && probability >= onset) this.#start = index
    if (this.#start === undefined) return this.#ended && !this.#joins(this.#ended, index) ? this.#take() : none
    if (probability >= offset) this.#lastVoiced = index
    if ((index - this.#lastVoiced) * this.#window >= minPause) return this.#end(this.#start)
    const limit = this.#start + this.#maxWindows
    return this.#lastVoiced >= limit && index > limit ? this.#cutSpeech(this.#start, limit) : none
  }

  /** Returns the speech that is left. */
  finish(): Span[] {
    const spans = this.#start === undefined ? none : this.#end(this.#start)
    return [...spans, ...this.#take()]
  }

  #end(start: number): Span[] {
    this.#start = undefined
    const end = this.#lastVoiced + 1
    const isClick = start !== this.#cut && (end - start) * this.#window < minSpeech
    return isClick ? none : this.#add({ start, end })
  }

  /** Cuts overlong speech at the least likely window, in the last three quarters of a piece. */
  #cutSpeech(start: number, limit: number): Span[] {
    const end = quietest(this.#probabilities, start + Math.floor(this.#maxWindows / 4), limit)
    const spans = [...this.#add({ start, end }), ...this.#take(0)]
    this.#start = this.#cut = end
    return spans
  }

  /** Joins speech to the one before it, or returns that one. */
  #add(speech: Windows): Span[] {
    if (this.#ended && this.#joins(this.#ended, speech.start) && speech.end - this.#ended.start <= this.#maxWindows) {
      this.#ended.end = speech.end
      return none
    }
    const spans = this.#take()
    this.#ended = speech
    return spans
  }

  #joins({ end }: Windows, start: number): boolean {
    return (start - end) * this.#window <= maxJoinedPause
  }

  #take(paddingAtEnd: number = padding): Span[] {
    if (!this.#ended) return none
    const { start, end } = this.#ended
    this.#ended = undefined
    const paddingAtStart = start === this.#cut ? 0 : padding
    return [{ start: Math.max(0, start * this.#window - paddingAtStart), end: end * this.#window + paddingAtEnd }]
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
