import { isObject } from '@livepeer-ai/openapi'
import type { Exchange } from '../exchange.ts'
import { parseJson } from './judgements.ts'

/** The response of audio-to-text, as far as it fits the contract. */
export interface Transcript {
  text: string
  chunks: Chunk[]
}

export interface Chunk {
  text: string
  start: number
  /** Absent if the gateway does not know it. */
  end?: number | undefined
}

/** Returns the transcript in a response, or undefined. Chunks without a start are left out. */
export function transcriptOf(exchange: Exchange): Transcript | undefined {
  const body = parseJson(exchange)
  if (exchange.response?.status !== 200 || !isObject(body) || typeof body['text'] !== 'string') return undefined
  const chunks: unknown[] = Array.isArray(body['chunks']) ? body['chunks'] : []
  return { text: body['text'], chunks: chunks.flatMap(toChunk) }
}

function toChunk(chunk: unknown): Chunk[] {
  if (!isObject(chunk) || typeof chunk['text'] !== 'string' || !Array.isArray(chunk['timestamp'])) return []
  const [start, end] = chunk['timestamp'] as unknown[]
  if (typeof start !== 'number') return []
  return [{ text: chunk['text'], start, end: typeof end === 'number' ? end : undefined }]
}

/** Returns the words of a text in lower case and without punctuation. */
export const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .normalize('NFKC')
    .match(/[\p{L}\p{N}]+(['’][\p{L}\p{N}]+)*/gu) ?? []

/** Compares two texts word by word: 1 if they are the same, 0 if they have nothing in common. */
export function similarityOf(left: string, right: string): number {
  const [a, b] = [wordsOf(left), wordsOf(right)]
  const longest = Math.max(a.length, b.length)
  return longest === 0 ? 1 : 1 - countEdits(a, b) / longest
}

/** Returns the number of missing, extra and replaced words for each spoken word. */
export function wordErrorRateOf(spoken: string, written: string): number {
  const words = wordsOf(spoken)
  return countEdits(words, wordsOf(written)) / Math.max(1, words.length)
}

/** Returns the number of words that two lists have in common, in the same order. */
export function matchWords(left: readonly string[], right: readonly string[]): number {
  let best = right.map(() => 0)
  for (const word of left) {
    const before = best
    let most = 0
    best = right.map((other, index) => {
      const diagonal = before[index - 1] ?? 0
      most = Math.max(most, before[index] ?? 0, word === other ? diagonal + 1 : 0)
      return most
    })
  }
  return best.at(-1) ?? 0
}

/** Returns the Levenshtein distance between two lists of words. */
function countEdits(from: readonly string[], to: readonly string[]): number {
  let costs = to.map((_, index) => index + 1)
  for (const [removed, word] of from.entries()) {
    let diagonal = removed
    let left = removed + 1
    costs = costs.map((above, index) => {
      left = Math.min(diagonal + (word === to[index] ? 0 : 1), above + 1, left + 1)
      diagonal = above
      return left
    })
  }
  return costs.at(-1) ?? from.length
}
