import { createHash } from 'node:crypto'
import { essence, readMultipart } from '@livepeer-ai/server'
import { noteFile } from '../calls/note-file.ts'
import type { NotedForm } from '../calls/noted-form.ts'
import type { HarParam, HarPostData } from './har.ts'
import { findSecrets, redactSecrets } from './redact-secrets.ts'

/** Size limit in bytes up to which the text of a body is recorded, unless it is a form. */
const maxText = 1024 * 1024

/** The facts about a request that are recorded. They contain no secrets. */
export interface NotedRequest {
  method: string
  /** Path and query. */
  path: string
  form: NotedForm | undefined
  size: number
  postData: HarPostData | undefined
}

/** Reads the body of a request to its end and returns the facts to record. */
export async function noteRequest(request: Request, chunks: AsyncIterable<Uint8Array>): Promise<NotedRequest> {
  const redact = (text: string) => redactSecrets(text, findSecrets(request.headers, request.url))
  const { pathname, search } = new URL(request.url)
  const mimeType = request.headers.get('content-type') ?? ''
  const hash = createHash('sha256')
  const kept: Uint8Array[] = []
  let size = 0
  const isForm = essence(mimeType) === 'multipart/form-data'
  async function* noteChunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      hash.update(chunk)
      size += chunk.length
      if (!isForm && size <= maxText) kept.push(chunk)
      yield chunk
    }
  }
  const noted = noteChunks()
  // Hides `return()`, so that the rest of a malformed form can still be read.
  const unending = { [Symbol.asyncIterator]: () => ({ next: () => noted.next() }) }
  const form = isForm ? await readMultipart(unending, mimeType, Infinity, noteFile).catch(() => undefined) : undefined
  for await (const _ of noted);
  const text = size <= maxText ? redact(Buffer.concat(kept).toString()) : ''
  const params = form ? toParams(form, redact) : []
  return {
    method: request.method,
    path: redact(pathname + search),
    form,
    size,
    postData: size > 0 ? { mimeType, params, text, _sha256: hash.digest('hex') } : undefined,
  }
}

function toParams({ fields, files }: NotedForm, redact: (text: string) => string): HarParam[] {
  return [
    ...Object.entries(fields).map(([name, value]) => ({ name, value: redact(value) })),
    ...files.map(({ name, filename, mediaType, size, value: { sha256 } }) => ({
      name,
      fileName: filename,
      contentType: mediaType,
      _size: size,
      _sha256: sha256,
    })),
  ]
}

/**
 * Returns the key of a request: method, path, query, and its fields and digests of files. The key
 * of any other body is its digest.
 */
export function fingerprint({ method, path, postData }: Pick<NotedRequest, 'method' | 'path' | 'postData'>): string {
  const { params: known = [], _sha256: whole = '' } = postData ?? {}
  const parts = known.map(({ name, value, _sha256: digest }) => `${name}=${value ?? digest}`)
  // The boundary of a form, and with it the digest of the body, differs each time.
  return [method, path, ...(parts.length ? parts.toSorted() : [whole])].join('\n')
}
