import { FileError, type RequestLine } from '../errors.ts'
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
 * JSON; null and undefined are omitted. Throws a FileError if a file cannot be sent, and for a
 * value of one of `files` that is no file.
 */
export type ToForm = (fields: object, files: readonly string[]) => Promise<UploadForm>

/** The parts of a client that differ between runtimes. */
export interface Runtime {
  toForm: ToForm
  /** Reads the text of a response. Throws an error if it has more than `limit` bytes. */
  readText: (response: Response, limit?: number) => Promise<string>
  /** Returns a function that replaces the token in a text. Other values stay. */
  toCutter: (token: string | undefined) => <Value>(value: Value) => Value
}

/**
 * Converts the fields of an object to the parts of a form.
 *
 * @param files - Names of the fields that are files.
 */
export function toParts<File>(
  fields: object,
  files: readonly string[],
  toFile: (value: unknown, name: string) => Promise<File | undefined>,
): Promise<Parts<File>> {
  const values = Object.entries(fields).flatMap(([name, value]: [string, unknown]) =>
    [value].flat().map((item) => [name, item] as const),
  )
  return Promise.all(
    values
      .filter(([, value]) => value !== undefined && value !== null)
      .map(async ([name, value]) => {
        const file = await toFile(value, name)
        if (file === undefined && files.includes(name)) {
          const kind = Object.prototype.toString.call(value).slice(8, -1)
          throw new FileError(`${name} is not a file (${kind})${kind === 'Promise' ? ': did you forget await?' : ''}`)
        }
        return [name, file ?? toText(value)]
      }),
  )
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
