/** The frames of a token: the first one, and the one after the last. */
export interface FrameRange {
  start: number
  end: number
}

/** In frames; odd. */
const medianWidth = 7

/**
 * Finds the frames of each token from the attention of the decoder's heads: takes the monotonic
 * path through frames and tokens with the highest attention.
 * @param attention - By token and head: the attention to each frame.
 */
export function alignTokens(attention: Float32Array[][]): FrameRange[] {
  return warp(scoreFrames(attention))
}

/**
 * Returns one score per token and frame: the sum over all heads of their attention, normalized over
 * the tokens and smoothed over the frames.
 */
function scoreFrames(attention: Float32Array[][]): Float32Array[] {
  const frames = attention[0]?.[0]?.length ?? 0
  const scores = attention.map(() => new Float32Array(frames))
  const heads = attention[0]?.length ?? 0
  for (let head = 0; head < heads; head++) {
    const normalized = normalize(attention.map((token) => token[head] ?? new Float32Array(frames)))
    for (const [token, weights] of normalized.entries()) {
      const smoothed = smooth(weights)
      for (let frame = 0; frame < frames; frame++) scores[token]![frame]! += smoothed[frame]!
    }
  }
  return scores
}

/** Frames that every token attends to carry no information; only the excess counts. */
function normalize(rows: Float32Array[]): Float32Array[] {
  const normalized = rows.map((row) => row.slice())
  const columns = rows[0]?.length ?? 0
  for (let column = 0; column < columns; column++) {
    let sum = 0
    for (const row of rows) sum += row[column] ?? 0
    const mean = sum / rows.length
    let squares = 0
    for (const row of rows) squares += ((row[column] ?? 0) - mean) ** 2
    const deviation = Math.sqrt(squares / rows.length) + 1e-6
    for (const row of normalized) row[column] = ((row[column] ?? 0) - mean) / deviation
  }
  return normalized
}

/** Median filter. The edge value continues beyond the edges. */
function smooth(values: Float32Array): Float32Array {
  const half = (medianWidth - 1) / 2
  const smoothed = new Float32Array(values.length)
  const sorted = new Float32Array(medianWidth)
  for (let index = 0; index < values.length; index++) {
    for (let tap = 0; tap < medianWidth; tap++) {
      const value = values[Math.min(values.length - 1, Math.max(0, index + tap - half))] ?? 0
      // Inserting is faster than sort() for so few values.
      let place = tap
      for (; place > 0 && (sorted[place - 1] ?? 0) > value; place--) sorted[place] = sorted[place - 1] ?? 0
      sorted[place] = value
    }
    smoothed[index] = sorted[half] ?? 0
  }
  return smoothed
}

/**
 * Dynamic time warping from the first token and frame to the last. Each step goes to the next
 * token, the next frame, or both.
 */
function warp(scores: Float32Array[]): FrameRange[] {
  const tokens = scores.length
  const frames = scores[0]?.length ?? 0
  if (tokens === 0 || frames === 0) return scores.map(() => ({ start: 0, end: 0 }))

  const steps = scores.map(() => new Uint8Array(frames))
  const [both, nextToken, nextFrame] = [0, 1, 2]
  let above = new Float64Array(frames + 1).fill(-Infinity)
  above[0] = 0
  for (let token = 0; token < tokens; token++) {
    const row = new Float64Array(frames + 1).fill(-Infinity)
    const step = steps[token] ?? new Uint8Array(frames)
    for (let frame = 0; frame < frames; frame++) {
      let best = above[frame] ?? 0
      let choice = both
      if ((above[frame + 1] ?? 0) > best) [best, choice] = [above[frame + 1] ?? 0, nextToken]
      if ((row[frame] ?? 0) > best) [best, choice] = [row[frame] ?? 0, nextFrame]
      step[frame] = choice
      row[frame + 1] = best + (scores[token]?.[frame] ?? 0)
    }
    above = row
  }

  const ranges = scores.map(() => ({ start: frames, end: 0 }))
  let token = tokens - 1
  let frame = frames - 1
  while (token >= 0 && frame >= 0) {
    const range = ranges[token]
    if (range) {
      range.start = Math.min(range.start, frame)
      range.end = Math.max(range.end, frame + 1)
    }
    const step = steps[token]?.[frame]
    if (step === both || step === nextToken) token -= 1
    if (step === both || step === nextFrame) frame -= 1
  }
  return ranges
}
