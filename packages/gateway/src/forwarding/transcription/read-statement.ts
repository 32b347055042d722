import { isObject } from '@livepeer-ai/openapi'
import { findMember, firstOf } from './find-members.ts'
import { readTime, readTimes, type StatedTime } from './read-time.ts'
import { UnusableTranscriptionError } from './unusable-transcription-error.ts'

/** A segment or a word as an engine states it. */
export interface StatedItem {
  start: StatedTime | undefined
  end: StatedTime | undefined
  /** With the blank before it. */
  text: string
  words: StatedItem[]
}

/** The answer of an engine, by the meaning of its members. */
export interface Statement {
  text: string
  duration: StatedTime | undefined
  language: string | undefined
  segments: StatedItem[]
  words: StatedItem[]
}

/** Names of members. OpenAI's come first. */
const names = {
  segments: ['segments', 'chunks', 'sentences', 'utterances', 'transcription'],
  words: ['words'],
  text: ['text', 'transcript'],
  itemText: ['text', 'word', 'transcript'],
  duration: ['duration', 'audio_duration'],
}

/**
 * Reads the members of a `verbose_json` transcription. Engines leave them out, set them to null,
 * or put them into inner objects.
 * @throws UnusableTranscriptionError
 */
export function readStatement(body: unknown): Statement {
  const segments = findMember(body, (object) => listOf(object, names.segments))
  const words = findMember(body, (object) => listOf(object, names.words))
  const text = findMember(body, (object) => textOf(object, names.text))
  if (text === undefined && !segments && !words)
    throw new UnusableTranscriptionError('it is no verbose_json transcription')
  const items = { segments: readItems(segments ?? []), words: readItems(words ?? []) }
  const spoken = items.segments.length > 0 ? items.segments : items.words
  return {
    ...items,
    text: text?.trim() || spoken.map((item) => item.text.trim()).join(' '),
    duration: findMember(body, (object) => readTime(firstOf(object, names.duration))),
    language: findMember(body, (object) => textOf(object, ['language'])) || undefined,
  }
}

function readItems(list: readonly unknown[]): StatedItem[] {
  return list.map((item) => {
    const text = isObject(item) ? textOf(item, names.itemText) : undefined
    if (!isObject(item) || text === undefined) throw new UnusableTranscriptionError('a segment or word has no text')
    return { ...readTimes(item), text, words: readItems(listOf(item, names.words) ?? []) }
  })
}

function listOf(object: Record<string, unknown>, members: readonly string[]): unknown[] | undefined {
  const list = firstOf(object, members)
  return Array.isArray(list) ? list : undefined
}

function textOf(object: Record<string, unknown>, members: readonly string[]): string | undefined {
  const text = firstOf(object, members)
  return typeof text === 'string' ? text : undefined
}
