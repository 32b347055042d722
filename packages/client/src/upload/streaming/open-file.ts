import { FileError } from '../../errors.ts'
import type { FileSource } from './file-source.ts'
import { letGo } from './to-stream.ts'

/** Bytes per read. */
const readSize = 131_072
/**
 * Bytes per chunk. Chunks stay in memory until they are collected: larger ones pile up, smaller
 * ones take more time.
 */
const keptSize = 16_384

/**
 * Loads modules of Node when they are needed, which halves the time of the first import. Test
 * environments cannot `import()` from CommonJS, and Node before 20.16 cannot load them otherwise.
 */
async function loadModules() {
  return 'getBuiltinModule' in process
    ? ([
        process.getBuiltinModule('node:fs/promises'),
        process.getBuiltinModule('node:path'),
        process.getBuiltinModule('node:url'),
      ] as const)
    : Promise.all([import('node:fs/promises'), import('node:path'), import('node:url')])
}

/** Opens a local file. Node, Deno and Bun all have `node:fs`. */
export async function openFile(given: string): Promise<FileSource> {
  if (/^https?:/i.test(given))
    throw new FileError(`${given} is not on this machine: pass the Response of fetch() instead`)
  const [{ open, stat }, path, { fileURLToPath }] = await loadModules()
  const file = /^file:/i.test(given) ? fileURLToPath(given) : given
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
    async *chunks(areTaken = false) {
      const handle = await open(file).catch(cannotRead)
      const size = areTaken ? readSize : keptSize
      // One buffer serves the whole file, because several would pile up.
      const buffer = new Uint8Array(readSize)
      try {
        for (;;) {
          const { bytesRead } = await handle.read(buffer)
          if (!bytesRead) return
          for (let at = 0; at < bytesRead; at += size) {
            const chunk = buffer.slice(at, Math.min(at + size, bytesRead))
            yield chunk
            if (areTaken) letGo(chunk)
          }
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
