import { toSrt, toText, toVtt } from '../captions/index.ts'
import type { Transcript } from '../index.ts'

export interface Format {
  extension: string
  write: (transcript: Transcript) => string
  /** True if the format requires chunks. */
  isTimed: boolean
  /** True if several transcripts can follow each other in one stream. */
  canFollow: boolean
}

export const formats: Record<string, Format> = {
  text: { extension: 'txt', write: toText, isTimed: false, canFollow: true },
  srt: { extension: 'srt', write: (transcript) => toSrt(transcript), isTimed: true, canFollow: false },
  vtt: { extension: 'vtt', write: (transcript) => toVtt(transcript), isTimed: true, canFollow: false },
  json: {
    extension: 'json',
    write: (transcript) => `${JSON.stringify(transcript)}\n`,
    isTimed: false,
    canFollow: true,
  },
}
