import type { Segment, Transcript, Word } from '../../transcriber.ts'
import { fillTimes, type Untimed } from './fill-times.ts'
import { findScale, type Scale } from './find-scale.ts'
import { joinWords } from './join-words.ts'
import { readStatement, type StatedItem, type Statement } from './read-statement.ts'
import type { StatedTime } from './read-time.ts'

export interface ReadOptions {
  /** If set, each segment gets words. */
  words: boolean
  /** Returns the duration of the recording in seconds, or undefined if it cannot be measured. */
  measure: () => Promise<number | undefined>
}

/**
 * Converts the `verbose_json` transcription of an engine into a transcript.
 * @throws UnusableTranscriptionError
 */
export async function readTranscription(body: unknown, { words, measure }: ReadOptions): Promise<Transcript> {
  const statement = readStatement(body)
  const scale = await findScale(statement, measure)
  const segments = toSegments(statement, scale)
  return {
    text: statement.text,
    duration: scale.duration ?? segments.findLast(({ end }) => Number.isFinite(end))?.end ?? 0,
    language: statement.language,
    segments: words ? segments : segments.map(({ start, end, text }) => ({ start, end, text })),
  }
}

function toSegments(statement: Statement, scale: Scale): Segment[] {
  const { duration = Infinity } = scale
  const listed = fillTimes(readWords(statement.words, scale), 0, duration)
  const spans = statement.segments.map((segment) => ({
    ...toUntimed(segment, scale),
    words: readWords(segment.words, scale),
  }))
  // Without segments, the whole text is one.
  if (spans.length === 0 && statement.text)
    spans.push({ text: statement.text, start: undefined, end: undefined, words: listed })
  const bounded = spans.map((span) => ({
    ...span,
    start: span.start ?? span.words[0]?.start,
    end: span.end ?? span.words.at(-1)?.end,
  }))
  const segments = fillTimes(bounded, 0, duration).map((span) => ({ ...span, ...limit(span, scale) }))
  // A word belongs to the last segment that begins no later than its middle.
  const segmentOf = ({ start, end }: Word) =>
    segments.findLast((segment) => segment.start <= (start + end) / 2) ?? segments[0]
  return segments.map((segment) => {
    const own = listed.filter((word) => segmentOf(word) === segment)
    const words = own.length > 0 ? own : timeWords(segment)
    return { ...segment, words: words.map((word) => limit(word, scale)) }
  })
}

/** Words without times share the time of their segment. */
function timeWords({ start, end, text, words }: Word & { words: readonly Untimed[] }): Word[] {
  if (!Number.isFinite(end)) return [{ start, end, text }]
  const untimed = () => text.split(/\s+/).map((word) => ({ start: undefined, end: undefined, text: word }))
  return fillTimes(words.length > 0 ? words : untimed(), start, end)
}

function readWords(words: readonly StatedItem[], scale: Scale): Untimed[] {
  return joinWords(words).map((word) => toUntimed(word, scale))
}

function toUntimed({ start, end, text }: StatedItem, { unit, isTimed }: Scale): Untimed {
  const toSeconds = (time: StatedTime | undefined) =>
    isTimed && time ? (time.isSeconds ? time.value : time.value / unit) : undefined
  return { start: toSeconds(start), end: toSeconds(end), text: text.trim() }
}

/** Whisper's windows may go beyond the end of the recording. */
function limit({ start, end, text }: Word, { limit: most }: Scale): Word {
  return { start: Math.min(start, most), end: Math.min(Math.max(start, end), most), text }
}
