import type { Span } from './segmenter.ts'

/** A span, and what is heard in it. */
export interface Cut {
  span: Span
  samples: Float32Array
}

/** Cuts spans, which are in order and do not overlap, out of audio that comes piece by piece: no more of it is kept than one span. */
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
