import type { SentFile } from './fit-to-gateway.ts'
import type { RequestLine } from '../errors.ts'

/** The fields of a form, each with the file that it is, or as text. */
export type Parts<File> = [name: string, value: File | string][]

/** How much of the body of the current attempt is on its way, in bytes; `total` when it is known beforehand. */
export interface UploadProgress {
  loaded: number
  total?: number
}

/** The body of one attempt on its way. */
export interface Upload {
  onProgress: ((progress: UploadProgress) => void) | undefined
  /** Whether the gateway may have all of it. */
  isSent: boolean
}

export interface Outgoing {
  request: RequestLine
  init: RequestInit & { headers: Headers; signal: AbortSignal }
  upload: Upload
  fetch: typeof fetch
  /** Makes of the parts those that the gateway takes. */
  adapt: <File extends SentFile>(parts: Parts<File>) => Parts<File>
}

/** A multipart/form-data body, ready to be sent. */
export interface Form {
  /** Sends it without following redirects. Throws a NetworkError, or a FileError for a file that cannot be read or is refused. */
  send: (outgoing: Outgoing) => Promise<Response>
  /** Whether it can be sent (once more). */
  canSend: () => boolean
  /** Lets go of the files. */
  close: () => void
}

/**
 * Makes a form of a body object, as the runtime at hand can best send it: files become file parts, arrays repeated
 * parts, other objects JSON; null and undefined are left out. Throws a FileError for a file that cannot be sent.
 */
export type ToForm = (fields: object) => Promise<Form>

/** The parts of a form whose fields are given as an object. */
export function partsOf<File>(
  fields: object,
  toFile: (value: unknown, name: string) => Promise<File | undefined>,
): Promise<Parts<File>> {
  const values = Object.entries(fields).flatMap(([name, value]: [string, unknown]) =>
    [value].flat().map((item) => [name, item] as const),
  )
  return Promise.all(
    values
      .filter(([, value]) => value !== undefined && value !== null)
      .map(async ([name, value]) => [name, (await toFile(value, name)) ?? toText(value)]),
  )
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
