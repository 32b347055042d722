import { NetworkError, reason, redirected } from '../../errors.ts'
import { partsOf, type ToForm } from '../form.ts'
import { filePart, type OpenFile } from './file-source.ts'
import { multipart } from './multipart.ts'
import { close, takesChunks, toStream } from './to-stream.ts'

interface Streaming {
  openFile: OpenFile
  /** A mode of fetch() that does not follow redirects. */
  redirect: RequestRedirect
  /** Makes of a stream of known length one that fetch() sends with a Content-Length. */
  withLength?: (body: ReadableStream<Uint8Array>, size: number) => ReadableStream<Uint8Array>
}

/** Forms that are sent as a stream: a file goes from the disk to the wire in small pieces. */
export function toStreamingForm({ openFile, redirect, withLength = (body) => body }: Streaming): ToForm {
  return async (fields) => {
    const parts = await partsOf(fields, (value, name) => filePart(value, name, openFile))
    const files = parts.map(([, value]) => value).filter((value) => typeof value !== 'string')
    return {
      canSend: () => files.every((file) => file.canRead()),
      close: () => files.forEach((file) => file.close?.()),
      async send({ request, init, upload, fetch, adapt }) {
        const { contentType, size, chunks } = multipart(adapt(parts), upload, takesChunks(fetch))
        init.headers.set('content-type', contentType)
        // Not every runtime cancels a body that it stops reading, and the file behind it must be closed.
        init.signal.addEventListener('abort', () => close(chunks))
        let failure: { error: unknown } | undefined
        const body = toStream(chunks, (error) => (failure = { error }))
        if (size !== undefined) init.headers.set('content-length', String(size))
        const streamed = { body: size === undefined ? body : withLength(body, size), duplex: 'half', redirect }
        return fetch(request.url, { ...init, ...streamed }).catch((error: unknown) => {
          if (failure) throw failure.error
          const words = reason(error)
          if (refused.test(words)) upload.isSent = false
          throw new NetworkError(request, /redirect/i.test(words) ? redirected : error)
        })
      },
    }
  }
}

/** What Node, Deno and Bun say when there was no connection to send anything over. */
const refused = /refused|ENOTFOUND|EAI_AGAIN|UNREACH|CONNECT_TIMEOUT|dns|unable to connect/i
