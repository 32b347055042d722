import type { Demuxer } from './ffmpeg.ts'

/** A format that only ffmpeg decodes. */
export interface ForeignFormat {
  name: string
  demuxer: Demuxer
}

/** The first bytes of each format, as Latin-1 characters. */
const signatures: readonly [beginning: RegExp, format: ForeignFormat][] = [
  [/^RF64....WAVE/s, { name: 'RF64', demuxer: 'wav' }],
  [/^riff\x2e\x91\xcf\x11/, { name: 'Wave64', demuxer: 'w64' }],
  [/^FORM....AIF[FC]/s, { name: 'AIFF', demuxer: 'aiff' }],
  [/^caff/, { name: 'CAF', demuxer: 'caf' }],
  [/^#!AMR/, { name: 'AMR', demuxer: 'amr' }],
]

/** Returns the format that a file begins with, if ffmpeg decodes it. Needs twelve bytes. */
export function foreignFormatOf(bytes: Uint8Array): ForeignFormat | undefined {
  const beginning = String.fromCharCode(...bytes.subarray(0, 12))
  return signatures.find(([pattern]) => pattern.test(beginning))?.[1]
}
