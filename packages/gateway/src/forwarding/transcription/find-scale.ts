import type { StatedItem, Statement } from './read-statement.ts'
import type { StatedTime } from './read-time.ts'
import { UnusableTranscriptionError } from './unusable-transcription-error.ts'

/** Seconds, milliseconds, microseconds and nanoseconds, by their number in a second. */
const units = [1, 1e3, 1e6, 1e9]
/** Characters per second of speech. People say about 15; a model may stretch one word to 20 s. */
const rates = { min: 0.05, max: 200 }
/** So little time, in any unit, is no speech unless it is in seconds. */
const surelySeconds = 60
/** In seconds. Whisper recognizes windows of this length, and may go beyond the end by one. */
const whisperWindow = 30
/** In seconds. Nobody sends more. */
const longest = 24 * 3600

/** The unit of the times of a body, and the duration of the recording. */
export interface Scale {
  /** The number of the units in a second. */
  unit: number
  /** False if all times are zero: the engine does not know them. */
  isTimed: boolean
  /** In seconds, if it is known. */
  duration: number | undefined
  /** Limit of the times in seconds, by the duration that the engine states. */
  limit: number
}

/**
 * Finds the unit of the times. OpenAI's are seconds; other engines count in smaller units. The
 * duration of the recording shows which, or else the rate of speech. The recording is measured
 * only in doubt.
 * @throws UnusableTranscriptionError if no unit fits
 */
export async function findScale(statement: Statement, measure: () => Promise<number | undefined>): Promise<Scale> {
  const evidence = gather(statement)
  const stated = statement.duration?.value || undefined
  const fitting = units.find((unit) => isPlausible(evidence, unit) && isConfirmed(evidence, unit, stated))
  const measured = fitting === 1 && stated !== undefined ? undefined : await measure()
  const unit = measured === undefined ? fitting : findWithin(evidence, measured)
  if (unit === undefined) throw new UnusableTranscriptionError('its times are in no known unit')
  const duration = toDuration(statement.duration, evidence, unit)
  return { unit, isTimed: evidence.isTimed, duration: measured ?? duration, limit: duration ?? Infinity }
}

interface Evidence {
  isTimed: boolean
  /** The latest time. */
  latest: number
  /** Characters per unit of time; undefined if no time is known. */
  rate: number | undefined
  spoken: number
}

function gather({ text, segments, words }: Statement): Evidence {
  const items = [...segments, ...segments.flatMap((segment) => segment.words), ...words]
  const times = items.flatMap(({ start, end }) => [start, end]).filter((time) => time !== undefined)
  const unknown = times.filter(({ isSeconds }) => !isSeconds)
  const lengths = [segments, segments.flatMap((segment) => segment.words), words].map(lengthOf)
  const spoken = lengths.find((length) => length > 0) ?? 0
  return {
    isTimed: times.some(({ value }) => value > 0),
    latest: unknown.reduce((latest, { value }) => Math.max(latest, value), 0),
    spoken,
    rate: spoken > 0 ? text.length / spoken : undefined,
  }
}

function lengthOf(items: readonly StatedItem[]): number {
  return items.reduce((sum, { start, end }) => sum + Math.max(0, (end?.value ?? 0) - (start?.value ?? 0)), 0)
}

function isPlausible({ latest, rate, spoken }: Evidence, unit: number): boolean {
  if (latest / unit > longest) return false
  if (rate === undefined || latest === 0) return unit === 1
  if (unit === 1) return rate >= rates.min || spoken <= surelySeconds
  return rate * unit >= rates.min && rate * unit <= rates.max
}

function findWithin(evidence: Evidence, measured: number): number | undefined {
  const within = units.filter((unit) => isWithin(evidence, unit, measured))
  return within.find((unit) => isPlausible(evidence, unit)) ?? within[0]
}

/** The stated duration may be in seconds or in the unit of the times. */
function isConfirmed(evidence: Evidence, unit: number, stated: number | undefined): boolean {
  return stated === undefined || [stated, stated / unit].some((duration) => isWithin(evidence, unit, duration))
}

function isWithin({ latest }: Evidence, unit: number, duration: number): boolean {
  return latest / unit <= duration + whisperWindow
}

function toDuration(stated: StatedTime | undefined, { latest }: Evidence, unit: number): number | undefined {
  if (!stated?.value || stated.value / unit > longest) return undefined
  if (stated.isSeconds || unit === 1) return stated.value
  return [stated.value / unit, stated.value].find((duration) => duration >= (0.9 * latest) / unit)
}
