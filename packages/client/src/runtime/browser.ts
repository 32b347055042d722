import { buildClient, type Client } from '../client.ts'
import { FileError, throwNetworkError, findReason, redirected } from '../errors.ts'
import type { ClientOptions } from '../plain-client.ts'
import { nameOf, FilePath, isNamedStream, rejectPath, fileFromResponse } from '../upload/file-input.ts'
import { toParts, type UploadForm, type Runtime, type SentFile } from '../upload/form.ts'
import { labelFile } from '../upload/label-file.ts'

/**
 * Creates a client for browsers. Paths are not supported. Streams and Responses are read into
 * memory before they are sent, because browsers stream uploads over HTTP/2 only.
 */
export function createClient(options: ClientOptions): Client {
  return buildClient({ toForm, readText: (response) => response.text(), toCutter }, options)
}

export const toCutter: Runtime['toCutter'] =
  (token = '') =>
  (value) =>
    token && typeof value === 'string' ? (value.replaceAll(token, '[token]') as typeof value) : value

async function toForm(fields: object, files: readonly string[]): Promise<UploadForm> {
  const parts = await toParts(fields, files, toFile)
  return {
    canSend: () => true,
    close() {},
    async send({ request, init, upload, fetch, adapt }) {
      const body = new FormData()
      for (const [name, value] of adapt(parts)) body.append(name, value)
      const { onProgress } = upload
      // fetch() does not report how much it has sent.
      if (!onProgress) upload.isComplete = true
      const response = onProgress
        ? // Most apps show no progress, so they do not load this part.
          import('../upload/send-with-progress.ts').then(({ sendWithProgress }) =>
            sendWithProgress(request.url, init, upload, body, redirected),
          )
        : fetch(request.url, { ...init, body, redirect: 'manual' })
      return response.catch(throwNetworkError(request))
    },
  }
}

async function toFile(value: unknown, field: string): Promise<(File & SentFile) | undefined> {
  if (value instanceof FilePath) return rejectPath(value.path)
  const known = value instanceof Response ? fileFromResponse(value) : isNamedStream(value) ? value : undefined
  const content = known?.stream ?? value
  const isContent =
    ArrayBuffer.isView(content) || [Blob, ArrayBuffer, ReadableStream].some((type) => content instanceof type)
  if (!isContent) return undefined
  // The constructor throws if the stream is locked or was read.
  const read = async () => (content instanceof Blob ? content : new Response(content as BodyInit).blob())
  const blob = await read().catch((cause: unknown) => {
    throw new FileError(`${known?.name ?? 'The stream'} broke off: ${findReason(cause)}`, { cause })
  })
  const given = known?.name ?? nameOf(content)
  if (!blob.size) throw new FileError(`${given ?? field} is empty: there is nothing to send`)
  const first = new Uint8Array(await blob.slice(0, 12).arrayBuffer())
  const { name, type, container } = labelFile(first, field, given, known?.type ?? blob.type)
  return Object.assign(new File([blob], name, { type }), { container })
}
