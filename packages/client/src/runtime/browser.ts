import { buildClient, type Client } from '../client.ts'
import { FileError, throwNetworkError, findReason, redirected } from '../errors.ts'
import type { ClientOptions } from '../plain-client.ts'
import { nameOf, FilePath, isNamedStream, rejectPath, fileFromResponse } from '../upload/file-input.ts'
import { toParts, type UploadForm, type Outgoing, type SentFile } from '../upload/form.ts'
import { labelFile } from '../upload/label-file.ts'
import type { Upload } from '../upload/upload.ts'

/**
 * Creates a client for browsers. Paths are not supported. Streams and Responses are read into
 * memory before they are sent, because browsers stream uploads over HTTP/2 only.
 */
export function createClient(options: ClientOptions): Client {
  return buildClient(toForm, options)
}

async function toForm(fields: object): Promise<UploadForm> {
  const parts = await toParts(fields, toFile)
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
        ? sendWithProgress(request.url, init, upload, body)
        : fetch(request.url, { ...init, body, redirect: 'manual' })
      return response.catch(throwNetworkError(request))
    },
  }
}

async function toFile(value: unknown, field: string): Promise<(File & SentFile) | undefined> {
  if (value instanceof FilePath) return rejectPath(value.path)
  const known = value instanceof Response ? fileFromResponse(value) : isNamedStream(value) ? value : undefined
  const content = known?.stream ?? value
  const isContent = [Blob, ArrayBuffer, Uint8Array, ReadableStream].some((type) => content instanceof type)
  if (!isContent) return undefined
  const blob =
    content instanceof Blob
      ? content
      : await new Response(content as BodyInit).blob().catch((cause: unknown) => {
          throw new FileError(`${known?.name ?? 'The stream'} broke off: ${findReason(cause)}`, { cause })
        })
  const given = known?.name ?? nameOf(content)
  if (!blob.size) throw new FileError(`${given ?? field} is empty: there is nothing to send`)
  const first = new Uint8Array(await blob.slice(0, 12).arrayBuffer())
  const { name, type, container } = labelFile(first, field, given, known?.type ?? blob.type)
  return Object.assign(new File([blob], name, { type }), { container })
}

/**
 * Only XMLHttpRequest reports progress. It follows redirects, so a response from another URL is
 * rejected.
 */
function sendWithProgress(
  url: string,
  { headers, signal }: Outgoing['init'],
  upload: Upload,
  body: FormData,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    xhr.open('POST', url)
    xhr.responseType = 'blob'
    headers.forEach((value, name) => xhr.setRequestHeader(name, value))
    xhr.upload.addEventListener('progress', ({ loaded, total }) => {
      upload.isComplete = loaded === total
      upload.onProgress?.({ loaded, total })
    })
    xhr.addEventListener('error', () => reject(new TypeError('the connection failed')))
    xhr.addEventListener('load', () => {
      const { response, responseURL, status, statusText } = xhr
      if (responseURL !== new URL(url).href) return reject(redirected)
      const lines = xhr.getAllResponseHeaders().trim().split('\r\n')
      resolve(
        new Response(status === 204 ? null : (response as Blob), {
          status,
          statusText,
          headers: lines.map((line) => line.split(/: (.*)/s, 2) as [string, string]),
        }),
      )
    })
    signal.addEventListener('abort', () => xhr.abort())
    xhr.send(body)
  })
}
