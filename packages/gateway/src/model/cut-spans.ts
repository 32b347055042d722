import type { Span } from './segmenter.ts'

/** A span with its samples. */
export interface Cut {
  span: Span
  samples: Float32Array
}

/**
 * Cuts spans, ordered and without overlap, out of audio that arrives in pieces. Keeps at most one
 * span in memory.
 */
export async function* cutSpans(
  pieces: Iterable<Float32Array> | AsyncIterable<Float32Array>,
  spans: readonly Span[],
  sampleRate: number,
): AsyncGenerator<Cut> {
  const left = spans.values()
  let span = left.next().value
  let samples: Float32Array | undefined
  let position = 0
  if (!span) return
  for await (const piece of pieces) {
    const end = position + piece.length
    while (span) {
      const [first, last] = [Math.round(span.start * sampleRate), Math.round(span.end * sampleRate)]
      samples ??= new Float32Array(last - first)
      const from = Math.max(first, position)
      if (from < end)
        samples.set(piece.subarray(from - position, Math.max(0, Math.min(last, end) - position)), from - first)
      if (last > end) break
      yield { span, samples }
      samples = undefined
      span = left.next().value
    }
    if (!span) return
    position = end
  }
}
