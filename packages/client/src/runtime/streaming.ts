import { multipart } from '../multipart.ts'
import type { Outgoing, Runtime } from './runtime.ts'

/** Sends the body as a stream: a file goes from the disk to the wire in small pieces. */
export function streaming(
  extra: RequestInit,
  body: (chunks: AsyncGenerator<Uint8Array>, size: number | undefined) => ReadableStream,
): Runtime['send'] {
  return ({ url, init, parts, upload, fetch }: Outgoing) => {
    const { contentType, size, chunks } = multipart(parts, upload)
    init.headers.set('content-type', contentType)
    if (size !== undefined) init.headers.set('content-length', String(size))
    // Not every runtime cancels a body that it stops reading, and the file behind it must be closed.
    init.signal.addEventListener('abort', () => close(chunks))
    return fetch(url, { ...init, ...extra, body: body(chunks, size), duplex: 'half' } as RequestInit)
  }
}

export function toStream(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: () => close(chunks),
    },
    { highWaterMark: 0 },
  )
}

function close(chunks: AsyncGenerator): void {
  chunks.return(undefined).catch(() => {})
}
