import { createHash } from 'node:crypto'
import { essence, readMultipart } from '@livepeer-ai/server'
import type { NotedForm } from '../gateway/imitate-gateway.ts'
import { noteFile } from '../calls/note-file.ts'
import { cutSecrets, secretsOf } from './cut-secrets.ts'
import type { HarEntry, HarParam } from './har.ts'

/** Bodies that are no form are kept when they are no larger. */
const maxText = 1024 * 1024

export interface NotedRequest {
  method: string
  /** With the query. */
  path: string
  form: NotedForm | undefined
  size: number
  postData?: NonNullable<HarEntry['request']['postData']>
}

/** Reads `chunks`, the body of a request, to its end, and notes of it what is kept of a request; its secrets are not. */
export async function noteRequest(request: Request, chunks: AsyncIterable<Uint8Array>): Promise<NotedRequest> {
  const cut = (text: string) => cutSecrets(text, secretsOf(request.headers, request.url))
  const { pathname, search } = new URL(request.url)
  const mimeType = request.headers.get('content-type') ?? ''
  const hash = createHash('sha256')
  const kept: Uint8Array[] = []
  let size = 0
  const isForm = essence(mimeType) === 'multipart/form-data'
  async function* noting(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      hash.update(chunk)
      size += chunk.length
      if (!isForm && size <= maxText) kept.push(chunk)
      yield chunk
    }
  }
  const noted = noting()
  // A form that cannot be read is a body like any other, and is read to its end all the same.
  const unending = { [Symbol.asyncIterator]: () => ({ next: () => noted.next() }) }
  const form = isForm ? await readMultipart(unending, mimeType, Infinity, noteFile).catch(() => undefined) : undefined
  for await (const _ of noted);
  const text = size <= maxText ? cut(Buffer.concat(kept).toString()) : ''
  return {
    method: request.method,
    path: cut(pathname + search),
    form,
    size,
    ...(size > 0 && {
      postData: { mimeType, params: form ? params(form, cut) : [], text, _sha256: hash.digest('hex') },
    }),
  }
}

function params({ fields, files }: NotedForm, cut: (text: string) => string): HarParam[] {
  return [
    ...Object.entries(fields).map(([name, value]) => ({ name, value: cut(value) })),
    ...files.map(({ name, filename, mediaType, size, value: { sha256 } }) => ({
      name,
      ...(filename !== undefined && { fileName: filename }),
      contentType: mediaType,
      _size: size,
      _sha256: sha256,
    })),
  ]
}

/** What a request is known by: method, path and query, fields and the digests of its files, or that of a body that is no form. */
export function fingerprint({ method, path, postData }: Pick<NotedRequest, 'method' | 'path' | 'postData'>): string {
  const { params: known = [], _sha256: whole = '' } = postData ?? {}
  const parts = known.map(({ name, value, _sha256: digest }) => `${name}=${value ?? digest}`)
  // The boundary of a form differs each time, and with it the digest of the whole.
  return [method, path, ...(parts.length ? parts.toSorted() : [whole])].join('\n')
}
