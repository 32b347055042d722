import { toCues, type CaptionOptions, type Cue, type TimedText } from './cues.ts'

/** Formats the transcript as SubRip captions. Throws a TypeError if it has text but no chunks. */
export function toSrt(transcript: TimedText, options?: CaptionOptions): string {
  return toCues(transcript, options)
    .map(
      ({ start, end, lines }, index) =>
        `${index + 1}\n${time(start, ',')} --> ${time(end, ',')}\n${lines.join('\n')}\n`,
    )
    .join('\n')
}

/** Formats the transcript as WebVTT captions. Throws a TypeError if it has text but no chunks. */
export function toVtt(transcript: TimedText, options?: CaptionOptions): string {
  return `WEBVTT\n${toCues(transcript, options).map(vttCue).join('')}`
}

/** Returns the whole text of the transcript in one line. */
export function toText({ text }: Pick<TimedText, 'text'>): string {
  return `${text.replaceAll(/\s+/g, ' ').trim()}\n`
}

function vttCue({ start, end, lines }: Cue): string {
  return `\n${time(start, '.')} --> ${time(end, '.')}\n${escape(lines.join('\n'))}\n`
}

/**
 * Formats milliseconds as hours, minutes, seconds and milliseconds. A Date would wrap around after
 * a day.
 */
function time(ms: number, point: ',' | '.'): string {
  const hours = String(Math.floor(ms / 3_600_000)).padStart(2, '0')
  return hours + new Date(ms).toISOString().slice(13, 23).replace('.', point)
}

/** WebVTT markup begins with these characters. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
