import type { Segment, Transcript, Word } from '../transcriber.ts'

/**
 * The relevant members of a `verbose_json` transcription. Times are in seconds. Servers omit
 * unknown members.
 */
export interface VerboseTranscription {
  text: string
  duration?: number
  language?: string
  segments?: Word[]
  words?: { start: number; end: number; word: string }[]
}

export function isVerboseTranscription(value: unknown): value is VerboseTranscription {
  if (typeof value !== 'object' || value === null) return false
  const { text, duration = 0, language = '', segments = [], words = [] } = value as Record<string, unknown>
  return (
    typeof text === 'string' &&
    typeof duration === 'number' &&
    typeof language === 'string' &&
    isListOfTimed(segments, 'text') &&
    isListOfTimed(words, 'word')
  )
}

function isListOfTimed(value: unknown, name: 'text' | 'word'): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      (item: Partial<Record<string, unknown>> | null) =>
        typeof item?.['start'] === 'number' && typeof item['end'] === 'number' && typeof item[name] === 'string',
    )
  )
}

/** A word belongs to the last segment that begins no later than its middle. */
export function toTranscript(source: VerboseTranscription, withWords: boolean): Transcript {
  const words = (source.words ?? []).map(({ start, end, word }) => ({ start, end, text: word.trim() }))
  const segments = toSegments(source, words)
  const segmentOf = (word: Word) => segments.findLast(({ start }) => start <= middle(word)) ?? segments[0]
  return {
    text: source.text.trim(),
    duration: source.duration ?? segments.at(-1)?.end ?? 0,
    language: source.language || undefined,
    segments: withWords
      ? segments.map((segment) => ({ ...segment, words: words.filter((word) => segmentOf(word) === segment) }))
      : segments,
  }
}

const middle = ({ start, end }: Word) => (start + end) / 2

/** Without segments, the whole text is one segment. */
function toSegments({ text, duration, segments }: VerboseTranscription, words: Word[]): Segment[] {
  if (segments?.length)
    return segments.map((segment) => ({ start: segment.start, end: segment.end, text: segment.text.trim() }))
  if (text.trim() === '') return []
  return [{ start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? duration ?? 0, text: text.trim() }]
}
