import { clientFor, type Client, type ClientOptions } from '../client.ts'
import { FileError } from '../errors.ts'
import { chunkSize, type FileSource } from '../file-part.ts'
import { streaming, toStream } from './streaming.ts'

/**
 * A client of one gateway, or of several to be tried in order. Throws a TypeError when an option cannot be used.
 *
 * @example
 * const client = createClient({ baseUrl: 'http://127.0.0.1:4010' })
 * const { text } = await client.audioToText({ audio: 'speech.wav' })
 */
export function createClient(options: ClientOptions): Client {
  return clientFor({ openFile, send }, options)
}

// With these two, Node's fetch does not keep the whole body for a redirect: https://github.com/nodejs/undici/issues/4058
const send = streaming({ redirect: 'error', window: null }, toStream)

/** Node, Deno and Bun all have `node:fs`. */
async function openFile(given: string | URL): Promise<FileSource> {
  const [{ open, stat }, path, url] = await Promise.all([
    import('node:fs/promises'),
    import('node:path'),
    import('node:url'),
  ])
  const text = String(given)
  if (/^https?:/i.test(text))
    throw new FileError(`${text} is not on this machine: pass the Response of fetch() instead`)
  const file = /^file:/i.test(text) ? url.fileURLToPath(text) : text
  const cannotRead = (cause: unknown): never => {
    const { code = '', message } = cause as NodeJS.ErrnoException
    throw new FileError(`${file} cannot be read: ${reasons[code] ?? message}`, { cause })
  }
  const stats = await stat(file).catch(cannotRead)
  if (!stats.isFile()) throw new FileError(`${file} cannot be read: it is not a file`)
  return {
    name: path.basename(file),
    size: stats.size,
    canRead: () => true,
    async *chunks() {
      const handle = await open(file).catch(cannotRead)
      try {
        for (;;) {
          const { bytesRead, buffer } = await handle.read(new Uint8Array(chunkSize))
          if (!bytesRead) return
          yield buffer.subarray(0, bytesRead)
        }
      } finally {
        await handle.close()
      }
    },
  }
}

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'its permissions do not let you',
}
