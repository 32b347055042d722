import { FileError, findReason } from '../../errors.ts'
import type { ByteStream } from '../file-input.ts'
import { toBytes } from './to-content.ts'

/** Reads a stream piece by piece. */
export interface ByteReader {
  /** Returns the next bytes, or undefined at the end. Throws a FileError if the stream fails. */
  read: () => Promise<Uint8Array<ArrayBuffer> | undefined>
  cancel: () => void
}

/** Returns a reader of a stream, with the name of the stream for errors. */
export function readerOf(stream: ByteStream, name = 'The stream'): ByteReader {
  const iterator = 'getReader' in stream ? iterateReader(stream) : stream[Symbol.asyncIterator]()
  return {
    async read() {
      const { done, value } = await iterator.next().catch((cause: unknown) => {
        throw new FileError(`${name} broke off: ${findReason(cause)}`, { cause })
      })
      if (done) return undefined
      const bytes = toBytes(value)
      if (!bytes) throw new FileError(`${name} yields ${typeof value}: a file consists of bytes`)
      return bytes
    },
    cancel: () => void iterator.return?.().catch(() => {}),
  }
}

/** Not every runtime can iterate over a stream. */
function iterateReader(stream: ReadableStream<Uint8Array>): AsyncIterator<unknown> {
  if (stream.locked) throw new FileError('The stream is read elsewhere already: pass another one')
  const reader = stream.getReader()
  return {
    next: () => reader.read() as Promise<IteratorResult<unknown>>,
    return: () => reader.cancel().then(() => ({ done: true, value: undefined })),
  }
}
