import type { components } from '@livepeer-ai/openapi'
import type { Transcript, Word } from '../transcriber.ts'
import type { Timestamps } from './fields.ts'

type TextResponse = components['schemas']['TextResponse']

/** Converts a transcript to the response of the contract, with times rounded to 0.01 s. */
export function textResponse({ text, segments }: Transcript, timestamps: Timestamps): TextResponse {
  const spans: Record<Timestamps, () => Word[]> = {
    none: () => [],
    sentence: () => segments,
    word: () => segments.flatMap(({ words = [] }) => words),
  }
  return {
    text,
    chunks: spans[timestamps]().map((span) => ({ timestamp: [round(span.start), round(span.end)], text: span.text })),
  }
}

const round = (seconds: number) => Math.round(seconds * 100) / 100
