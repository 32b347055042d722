import { createHash } from 'node:crypto'
import { essence, isJson, readMultipart } from '@livepeer-ai/server'
import { noteFile } from '../calls/note-file.ts'
import type { NotedForm } from '../calls/noted-form.ts'
import type { HarParam, HarPostData } from './har.ts'
import type { KeptNames } from './kept-names.ts'
import { findSecrets, redactQueries, redactRequestJson, redactSecrets } from './redact.ts'

const urlencoded = 'application/x-www-form-urlencoded'

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
  /** Values that the recording must not have anywhere. */
  secrets: string[]
}

/** Reads the body of a request to its end and returns the facts to record. */
export async function noteRequest(
  request: Request,
  chunks: AsyncIterable<Uint8Array>,
  keptNames: KeptNames,
): Promise<NotedRequest> {
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
  const body = size <= maxText ? Buffer.concat(kept).toString() : ''
  const fields = mimeType.startsWith(urlencoded) ? [...new URLSearchParams(body)] : Object.entries(form?.fields ?? {})
  const secrets = findSecrets(request, fields, keptNames)
  const redact = (text: string) => redactSecrets(text, secrets)
  const params = [...toFieldParams(fields, keptNames, redact), ...toFileParams(form)]
  const text = isJson(mimeType) ? (redactRequestJson(body, keptNames) ?? '') : ''
  return {
    method: request.method,
    path: redact(redactQueries(pathname + search, keptNames)),
    form,
    size,
    postData: size > 0 ? { mimeType, params, text: redact(text), _sha256: hash.digest('hex') } : undefined,
    secrets,
  }
}

function toFieldParams(fields: [string, string][], { field }: KeptNames, redact: (text: string) => string): HarParam[] {
  return fields.map(([name, value]) => ({ name, value: field(name) ? redact(value) : '***' }))
}

function toFileParams(form: NotedForm | undefined): HarParam[] {
  return (form?.files ?? []).map(({ name, filename, mediaType, size, value: { sha256 } }) => ({
    name,
    fileName: filename,
    contentType: mediaType,
    _size: size,
    _sha256: sha256,
  }))
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
