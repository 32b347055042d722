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
 * Finds speech in pieces that are short enough for the model, without overlap.
 * @param probabilities - Probability of speech by window.
 * @param window - Length of a window in seconds.
 * @param duration - Length of the audio in seconds.
 */
export function findSpeech(probabilities: readonly number[], window: number, duration: number): Span[] {
  const spans = findStretches(probabilities, Math.ceil(minPause / window))
    .filter(({ start, end }) => (end - start) * window >= minSpeech)
    .flatMap((stretch) => splitStretch(stretch, probabilities, Math.floor(maxSpeech / window)))
    .map(({ start, end }) => ({
      start: Math.max(0, start * window - padding),
      end: Math.min(duration, end * window + padding),
    }))
  for (const [index, span] of spans.entries()) {
    const previous = spans[index - 1]
    if (previous && span.start < previous.end) previous.end = span.start = (previous.end + span.start) / 2
  }
  return spans
}

function findStretches(probabilities: readonly number[], minPauseWindows: number): Windows[] {
  const stretches: Windows[] = []
  let start: number | undefined
  let lastVoiced = 0
  for (const [index, probability] of probabilities.entries()) {
    if (start === undefined && probability >= onset) start = index
    if (start === undefined) continue
    if (probability >= offset) lastVoiced = index
    if (index - lastVoiced < minPauseWindows) continue
    stretches.push({ start, end: lastVoiced + 1 })
    start = undefined
  }
  if (start !== undefined) stretches.push({ start, end: lastVoiced + 1 })
  return stretches
}

/** Cuts an overlong stretch at the least likely window, in the last three quarters of a piece. */
function splitStretch(stretch: Windows, probabilities: readonly number[], maxWindows: number): Windows[] {
  const pieces: Windows[] = []
  let { start } = stretch
  while (stretch.end - start > maxWindows) {
    const cut = quietest(probabilities, start + Math.floor(maxWindows / 4), start + maxWindows)
    pieces.push({ start, end: cut })
    start = cut
  }
  return [...pieces, { start, end: stretch.end }]
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
