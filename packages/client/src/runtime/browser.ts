import { clientFor, type Client, type ClientOptions } from '../client.ts'
import type { FilePart } from '../file-part.ts'
import type { Part, Upload } from '../multipart.ts'
import { noFiles } from './no-files.ts'
import type { Outgoing } from './runtime.ts'

/**
 * As in Node, but a recording cannot be given by its path, and one given as a stream is read into memory first:
 * browsers send streams over HTTP/2 alone.
 */
export function createClient(options: ClientOptions): Client {
  return clientFor({ openFile: noFiles, send }, options)
}

async function send({ url, init, parts, upload, fetch }: Outgoing): Promise<Response> {
  const body = await formData(parts, upload)
  init.headers.delete('content-type')
  if (upload.onProgress && globalThis.XMLHttpRequest) return sendWithProgress(url, init, upload, body)
  // fetch() here does not tell how much it has sent.
  upload.isSent = true
  return fetch(url, { ...init, body, redirect: 'manual' })
}

async function formData(parts: readonly Part[], upload: Upload): Promise<FormData> {
  const form = new FormData()
  for (const [name, value] of parts) form.append(name, typeof value === 'string' ? value : await file(value, upload))
  return form
}

async function file({ blob, chunks, name, type }: FilePart, upload: Upload): Promise<File> {
  const read: BlobPart[] = []
  try {
    if (blob) read.push(blob)
    else for await (const chunk of chunks()) read.push(chunk as BlobPart)
  } catch (error) {
    upload.failure = error
    throw error
  }
  return new File(read, name, { type })
}

/** Only XMLHttpRequest reports progress. It follows redirects, so an answer from elsewhere is refused. */
function sendWithProgress(url: string, init: Outgoing['init'], upload: Upload, body: FormData): Promise<Response> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    xhr.open(init.method ?? 'POST', url)
    for (const [name, value] of init.headers) xhr.setRequestHeader(name, value)
    xhr.responseType = 'blob'
    xhr.upload.addEventListener('progress', ({ loaded, total }) => upload.onProgress?.({ loaded, total }))
    xhr.upload.addEventListener('load', () => (upload.isSent = true))
    xhr.addEventListener('error', () => reject(new TypeError('the connection failed')))
    xhr.addEventListener('load', () => {
      if (xhr.responseURL !== url) return reject(new TypeError('redirect'))
      const { status, statusText, response } = xhr
      resolve(new Response(status === 204 ? null : (response as Blob), { status, statusText, headers: headersOf(xhr) }))
    })
    init.signal.addEventListener('abort', () => xhr.abort())
    xhr.send(body)
  })
}

function headersOf(xhr: XMLHttpRequest): [string, string][] {
  const lines = xhr.getAllResponseHeaders().trim().split('\r\n').filter(Boolean)
  return lines.map((line) => line.split(/: (.*)/s, 2) as [string, string])
}
