import { isObject } from '@livepeer-ai/openapi'
import { firstOf } from './find-members.ts'
import { UnusableTranscriptionError } from './unusable-transcription-error.ts'

/** A time as an engine states it. Without `isSeconds`, its unit is that of the whole body. */
export interface StatedTime {
  value: number
  isSeconds: boolean
}

export interface Stated {
  start: StatedTime | undefined
  end: StatedTime | undefined
}

const names = {
  start: ['start', 'start_time', 'startTime', 'begin', 'from'],
  end: ['end', 'end_time', 'endTime', 'stop', 'to'],
}

/** Returns the times of a segment or a word: members of it, a pair, or members of `timestamps`. */
export function readTimes(item: Record<string, unknown>): Stated {
  const pair = firstOf(item, ['timestamp', 'timestamps'])
  const [start, end]: unknown[] = Array.isArray(pair)
    ? pair
    : [names.start, names.end].map((one) => firstOf(isObject(pair) ? pair : item, one))
  return { start: readTime(start), end: readTime(end) }
}

/** `01:02:03.5`, `02:03,5` or `3.5s`. */
const clock = /^(?:(?:(\d+):)?(\d+):)?(\d+(?:[.,]\d+)?)(s?)$/

/**
 * Parses a number, a numeric string, or a clock time. Returns undefined for an absent time;
 * negative numbers stand for one, too.
 * @throws UnusableTranscriptionError
 */
export function readTime(time: unknown): StatedTime | undefined {
  if (time === undefined || time === null || time === '') return undefined
  if (typeof time === 'number') return time < 0 ? undefined : { value: time, isSeconds: false }
  const match = typeof time === 'string' ? clock.exec(time.trim()) : undefined
  if (!match) throw new UnusableTranscriptionError(`the time ${JSON.stringify(time).slice(0, 40)} is in no known form`)
  const [, hours = '0', minutes, seconds = '', mark] = match
  const value = (Number(hours) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds.replace(',', '.'))
  return { value, isSeconds: minutes !== undefined || mark === 's' }
}
