import type { SentFile } from '../upload/fit-to-gateway.ts'
import { clientFor, type Client, type ClientOptions } from '../client.ts'
import { FileError, networkError, reason, redirected } from '../errors.ts'
import { fileName, FilePath, isNamedStream, noFiles, responseFile } from '../upload/file-input.ts'
import { partsOf, type Form, type Outgoing, type Upload } from '../upload/form.ts'
import { label } from '../upload/media-type.ts'

/**
 * As in Node, but a file cannot be given by its path, and one given as a stream or Response is read into memory first:
 * browsers send streams over HTTP/2 alone.
 */
export function createClient(options: ClientOptions): Client {
  return clientFor(toForm, options)
}

async function toForm(fields: object): Promise<Form> {
  const parts = await partsOf(fields, toFile)
  return {
    canSend: () => true,
    close() {},
    async send({ request, init, upload, fetch, adapt }) {
      const body = new FormData()
      for (const [name, value] of adapt(parts)) body.append(name, value)
      const { onProgress } = upload
      // fetch() does not tell how much it has sent.
      if (!onProgress) upload.isSent = true
      const response = onProgress
        ? sendWithProgress(request.url, init, upload, body)
        : fetch(request.url, { ...init, body, redirect: 'manual' })
      return response.catch(networkError(request))
    },
  }
}

async function toFile(value: unknown, field: string): Promise<(File & SentFile) | undefined> {
  if (value instanceof FilePath) return noFiles(value.path)
  const known = value instanceof Response ? responseFile(value) : isNamedStream(value) ? value : undefined
  const content = known?.stream ?? value
  const isContent = [Blob, ArrayBuffer, Uint8Array, ReadableStream].some((type) => content instanceof type)
  if (!isContent) return undefined
  const blob =
    content instanceof Blob
      ? content
      : await new Response(content as BodyInit).blob().catch((cause: unknown) => {
          throw new FileError(`${known?.name ?? 'The stream'} breaks off: ${reason(cause)}`, { cause })
        })
  const given = known?.name ?? fileName(content)
  if (!blob.size) throw new FileError(`${given ?? field} is empty: there is nothing to send`)
  const first = new Uint8Array(await blob.slice(0, 12).arrayBuffer())
  const { name, type, container } = label(first, field, given, known?.type ?? blob.type)
  return Object.assign(new File([blob], name, { type }), { container })
}

/** Only XMLHttpRequest reports progress. It follows redirects, so an answer from elsewhere is refused. */
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
      upload.isSent = loaded === total
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
