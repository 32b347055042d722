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
    const mean = rows.reduce((sum, row) => sum + row[column]!, 0) / rows.length
    const variance = rows.reduce((sum, row) => sum + (row[column]! - mean) ** 2, 0) / rows.length
    const deviation = Math.sqrt(variance) + 1e-6
    for (const row of normalized) row[column] = (row[column]! - mean) / deviation
  }
  return normalized
}

/** Median filter. The edge value continues beyond the edges. */
function smooth(values: Float32Array): Float32Array {
  const half = (medianWidth - 1) / 2
  const window = new Float32Array(medianWidth)
  return values.map((_, index) => {
    for (let tap = 0; tap < medianWidth; tap++) {
      window[tap] = values[Math.min(values.length - 1, Math.max(0, index + tap - half))] ?? 0
    }
    window.sort()
    return window[half]!
  })
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
      const candidates = [above[frame] ?? 0, above[frame + 1] ?? 0, row[frame] ?? 0]
      const best = Math.max(...candidates)
      step[frame] = candidates.indexOf(best)
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
