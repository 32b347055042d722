import type { Clip } from '../audio/clips.ts'
import type { Part, RequestPlan } from '../request-plan.ts'

/** A file part that holds a recording. */
export function filePart({ bytes, filename, type, seconds, container }: Clip, changes: Partial<Part> = {}): Part {
  return { name: 'audio', value: bytes, filename, type, seconds, container, ...changes }
}

/** Text fields as parts. */
export const fieldParts = (fields: Readonly<Record<string, string>>): Part[] =>
  Object.entries(fields).map(([name, value]) => ({ name, value }))

/** An upload that a conforming gateway transcribes, and bills. */
export function upload(
  clip: Clip,
  fields: Readonly<Record<string, string>> = {},
  changes: Partial<RequestPlan> = {},
): RequestPlan {
  return { body: { parts: [filePart(clip), ...fieldParts(fields)] }, seconds: clip.seconds, ...changes }
}

/** An upload that a conforming gateway refuses, so that it costs nothing. */
export const refusedUpload = (
  clip: Clip,
  fields: Readonly<Record<string, string>> = {},
  changes: Partial<RequestPlan> = {},
): RequestPlan => ({ ...upload(clip, fields, changes), seconds: 0 })
