export { toSrt, toText, toVtt } from './formats.ts'
export type { CaptionOptions, TimedText } from './cues.ts'
