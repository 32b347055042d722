import type { Clip } from '../audio/clips.ts'
import type { MultipartBody, Part, RequestPlan } from '../request-plan.ts'

/** Returns a file part that holds a recording. */
export function filePart({ bytes, filename, type, seconds, container }: Clip, changes: Partial<Part> = {}): Part {
  return { name: 'audio', value: bytes, filename, type, seconds, container, ...changes }
}

/** Returns a file part that holds something else. */
export const nonAudioPart = (content: string | Uint8Array, filename: string, type: string): Part => ({
  name: 'audio',
  value: Buffer.from(content as string),
  filename,
  type,
})

export const fieldParts = (fields: Readonly<Record<string, string>>): Part[] =>
  Object.entries(fields).map(([name, value]) => ({ name, value }))

/** Returns an upload that a conforming gateway transcribes and bills. */
export function upload(
  clip: Clip,
  fields: Readonly<Record<string, string>> = {},
  changes: Partial<RequestPlan> = {},
): RequestPlan {
  return { body: { parts: [filePart(clip), ...fieldParts(fields)] }, seconds: clip.seconds, ...changes }
}

/** Returns an upload with changes to its multipart body or to its file part. */
export function uploadAs(
  clip: Clip,
  body: Partial<MultipartBody>,
  part: Partial<Part> = {},
  changes: Partial<RequestPlan> = {},
): RequestPlan {
  return { body: { parts: [filePart(clip, part)], ...body }, seconds: clip.seconds, ...changes }
}

/** Returns an upload that a conforming gateway rejects, so that it costs nothing. */
export const refusedUpload = (
  clip: Clip,
  fields: Readonly<Record<string, string>> = {},
  changes: Partial<RequestPlan> = {},
): RequestPlan => ({ ...upload(clip, fields, changes), seconds: 0 })

/** Returns a form that a conforming gateway rejects, for example for lack of a recording. */
export const refusedForm = (
  parts: readonly Part[],
  body: Partial<MultipartBody> = {},
  changes: Partial<RequestPlan> = {},
): RequestPlan => ({ body: { parts, ...body }, seconds: 0, ...changes })

/** Returns a request without a body. */
export const bareRequest = (changes: Partial<RequestPlan> = {}): RequestPlan => ({ seconds: 0, ...changes })

/** Returns a form that lacks the recording. */
export const formWithoutAudio = (changes: Partial<RequestPlan> = {}): RequestPlan =>
  refusedForm(fieldParts({ return_timestamps: 'true' }), {}, changes)

/** The origin of a web page that no server lists. */
export const foreignOrigin = 'https://conformance.example'

/** Returns the request of a browser before a page of another origin may call an operation. */
export const planPreflight = ({ method }: { method: string }): RequestPlan =>
  bareRequest({
    method: 'OPTIONS',
    credentials: null,
    headers: { origin: foreignOrigin, 'access-control-request-method': method },
  })
