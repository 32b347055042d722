import { toCues, type CaptionOptions, type Cue, type TimedText } from './cues.ts'

/** The transcript as SubRip captions; throws a TypeError when it has text but no chunks. */
export function toSrt(transcript: TimedText, options?: CaptionOptions): string {
  return toCues(transcript, options)
    .map(
      ({ start, end, lines }, index) =>
        `${index + 1}\n${time(start, ',')} --> ${time(end, ',')}\n${lines.join('\n')}\n`,
    )
    .join('\n')
}

/** The transcript as WebVTT captions; throws a TypeError when it has text but no chunks. */
export function toVtt(transcript: TimedText, options?: CaptionOptions): string {
  return `WEBVTT\n${toCues(transcript, options).map(vttCue).join('')}`
}

/** The whole text of the transcript, in one line. */
export function toText({ text }: Pick<TimedText, 'text'>): string {
  return `${text.replaceAll(/\s+/g, ' ').trim()}\n`
}

function vttCue({ start, end, lines }: Cue): string {
  return `\n${time(start, '.')} --> ${time(end, '.')}\n${escape(lines.join('\n'))}\n`
}

/** Milliseconds as hours, minutes, seconds and milliseconds; a Date would start again after a day. */
function time(ms: number, point: ',' | '.'): string {
  const hours = String(Math.floor(ms / 3_600_000)).padStart(2, '0')
  return hours + new Date(ms).toISOString().slice(13, 23).replace('.', point)
}

/** Characters that begin markup in WebVTT. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
