import type { FileSource } from '../file-part.ts'
import type { Part, Upload } from '../multipart.ts'

export interface Outgoing {
  url: string
  init: RequestInit & { headers: Headers; signal: AbortSignal }
  parts: readonly Part[]
  upload: Upload
  fetch: typeof fetch
}

/** What differs between the places that the client runs in. */
export interface Runtime {
  /** Throws a FileError when there is no such file. */
  openFile: (path: string | URL) => Promise<FileSource>
  /** Sends a multipart body; does not follow redirects. */
  send: (outgoing: Outgoing) => Promise<Response>
}
