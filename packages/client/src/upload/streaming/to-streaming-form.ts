import { NetworkError, findReason, redirected } from '../../errors.ts'
import { toParts, type ToForm } from '../form.ts'
import { filePart, type OpenFile } from './file-source.ts'
import { encodeMultipart } from './multipart.ts'
import { close, takesChunks, toStream } from './to-stream.ts'

interface Streaming {
  openFile: OpenFile
  /** A mode of fetch() that does not follow redirects. */
  redirect: RequestRedirect
  /** Converts a stream of known length to one that fetch() sends with a Content-Length. */
  withLength?: (body: ReadableStream<Uint8Array>, size: number) => ReadableStream<Uint8Array>
}

/** Builds forms that are sent as streams: a file goes from disk to the network in small pieces. */
export function toStreamingForm({ openFile, redirect, withLength = (body) => body }: Streaming): ToForm {
  return async (fields, fileNames) => {
    const parts = await toParts(fields, fileNames, (value, name) => filePart(value, name, openFile))
    const files = parts.map(([, value]) => value).filter((value) => typeof value !== 'string')
    return {
      canSend: () => files.every((file) => file.canRead()),
      close: () => files.forEach((file) => file.close?.()),
      async send({ request, init, upload, fetch, adapt }) {
        const { contentType, size, chunks } = encodeMultipart(adapt(parts), upload, takesChunks(fetch))
        init.headers.set('content-type', contentType)
        // Some runtimes do not cancel a body that they stop reading, but the file behind it has to
        // be closed.
        init.signal.addEventListener('abort', () => close(chunks))
        let failure: { error: unknown } | undefined
        const body = toStream(chunks, (error) => (failure = { error }))
        if (size !== undefined) init.headers.set('content-length', String(size))
        const signal = isKnownToFetch(init.signal) ? init.signal : null
        const streamed = { body: size === undefined ? body : withLength(body, size), duplex: 'half', redirect, signal }
        return fetch(request.url, { ...init, ...streamed }).catch((error: unknown) => {
          if (failure) throw failure.error
          const words = findReason(error)
          if (refused.test(words)) upload.isComplete = false
          throw new NetworkError(request, /redirect/i.test(words) ? redirected : error)
        })
      },
    }
  }
}

/** The errors of Node, Deno and Bun if no connection was established. */
const refused = /refused|ENOTFOUND|EAI_AGAIN|UNREACH|CONNECT_TIMEOUT|dns|unable to connect/i

/** The answers of `isKnownToFetch`, by the class of the signal. */
const knownSignals = new WeakMap<object, boolean>()

/**
 * Returns true if fetch() accepts the signal. Test environments such as jsdom replace AbortSignal
 * but not fetch(). The attempt ends on time without it; only its connection stays open.
 */
function isKnownToFetch(signal: AbortSignal): boolean {
  const known = knownSignals.get(signal.constructor) ?? isAccepted(signal)
  knownSignals.set(signal.constructor, known)
  return known
}

function isAccepted(signal: AbortSignal): boolean {
  try {
    return Boolean(new Request('http://localhost', { signal }))
  } catch {
    return false
  }
}
