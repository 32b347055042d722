import type { RequestLine } from '../errors.ts'
import type { Upload } from './upload.ts'

/** The parts of a form: files and text values by name. */
export type Parts<File> = [name: string, value: File | string][]

/** The facts of a file that the rules of a gateway are about. */
export interface SentFile {
  name: string
  /** In bytes. */
  size?: number | undefined
  /** The container that its first bytes show, for example `wav`. */
  container?: string | undefined
}

export interface Outgoing {
  request: RequestLine
  init: RequestInit & { headers: Headers; signal: AbortSignal }
  upload: Upload
  fetch: typeof fetch
  /** Returns the parts that the gateway accepts. */
  adapt: <File extends SentFile>(parts: Parts<File>) => Parts<File>
}

/** A multipart/form-data body. */
export interface UploadForm {
  /**
   * Sends the form without following redirects. Throws a NetworkError, or a FileError if a file is
   * unreadable or rejected.
   */
  send: (outgoing: Outgoing) => Promise<Response>
  /** Returns true if the form can be sent, or sent again. */
  canSend: () => boolean
  /** Closes the files. */
  close: () => void
}

/**
 * Builds a form from a body object. Files become file parts, arrays repeated parts, other objects
 * JSON; null and undefined are omitted. Throws a FileError if a file cannot be sent.
 */
export type ToForm = (fields: object) => Promise<UploadForm>

/** Converts the fields of an object to the parts of a form. */
export function toParts<File>(
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
