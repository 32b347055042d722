import { isObject } from '@livepeer-ai/openapi'
import type { Exchange } from '../exchange.ts'
import { parseJson } from './judgements.ts'

/** The answer of audio-to-text, as far as it is one. */
export interface Transcript {
  text: string
  chunks: Chunk[]
}

export interface Chunk {
  text: string
  start: number
  /** Absent where the gateway does not know it. */
  end?: number
}

/** The transcript in an answer; undefined for an answer that is none. Chunks without a start are left out. */
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
  return [{ text: chunk['text'], start, ...(typeof end === 'number' && { end }) }]
}

/** The words of a text, in lower case and without punctuation. */
export const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .normalize('NFKC')
    .match(/[\p{L}\p{N}]+(['’][\p{L}\p{N}]+)*/gu) ?? []

/** How alike two texts are, by their words: 1 for the same, 0 for nothing in common. */
export function similarityOf(left: string, right: string): number {
  const [a, b] = [wordsOf(left), wordsOf(right)]
  const longest = Math.max(a.length, b.length)
  return longest === 0 ? 1 : 1 - countEdits(a, b) / longest
}

/** Words that are missing, too many or other ones, for each word that was spoken. */
export function wordErrorRateOf(spoken: string, written: string): number {
  const words = wordsOf(spoken)
  return countEdits(words, wordsOf(written)) / Math.max(1, words.length)
}

/** Levenshtein distance. */
function countEdits(from: readonly string[], to: readonly string[]): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [start, word] of from.entries()) {
    const next = [start + 1]
    for (let end = 0; end < to.length; end++)
      next.push(Math.min(row[end]! + (word === to[end] ? 0 : 1), row[end + 1]! + 1, next[end]! + 1))
    row = next
  }
  return row[to.length]!
}
