import type { Clip } from '../audio/clips.ts'
import type { MultipartBody, Part, RequestPlan } from '../request-plan.ts'

/** A file part that holds a recording. */
export function filePart({ bytes, filename, type, seconds, container }: Clip, changes: Partial<Part> = {}): Part {
  return { name: 'audio', value: bytes, filename, type, seconds, container, ...changes }
}

/** A file part that holds no recording. */
export const nonAudioPart = (content: string | Uint8Array, filename: string, type: string): Part => ({
  name: 'audio',
  value: Buffer.from(content as string),
  filename,
  type,
})

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

/** The same upload with another multipart body around it, or another file part in it. */
export function uploadAs(
  clip: Clip,
  body: Partial<MultipartBody>,
  part: Partial<Part> = {},
  changes: Partial<RequestPlan> = {},
): RequestPlan {
  return { body: { parts: [filePart(clip, part)], ...body }, seconds: clip.seconds, ...changes }
}

/** An upload that a conforming gateway refuses, so that it costs nothing. */
export const refusedUpload = (
  clip: Clip,
  fields: Readonly<Record<string, string>> = {},
  changes: Partial<RequestPlan> = {},
): RequestPlan => ({ ...upload(clip, fields, changes), seconds: 0 })

/** A form that a conforming gateway refuses, for example because there is no recording in it. */
export const refusedForm = (
  parts: readonly Part[],
  body: Partial<MultipartBody> = {},
  changes: Partial<RequestPlan> = {},
): RequestPlan => ({ body: { parts, ...body }, seconds: 0, ...changes })

/** A request without a body. */
export const bareRequest = (changes: Partial<RequestPlan> = {}): RequestPlan => ({ seconds: 0, ...changes })

/** A form with everything but the recording. */
export const formWithoutAudio = (changes: Partial<RequestPlan> = {}): RequestPlan =>
  refusedForm(fieldParts({ return_timestamps: 'true' }), {}, changes)
