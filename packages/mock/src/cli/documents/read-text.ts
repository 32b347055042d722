import { readFile } from 'node:fs/promises'
import { FileError } from './file-error.ts'

const timeoutMs = 30_000

/**
 * Reads a file or an http URL as text. `name` begins the message of an error.
 *
 * @throws FileError
 */
export async function readText(url: URL, name: string): Promise<string> {
  try {
    return url.protocol === 'file:' ? await readFile(url, 'utf8') : await download(url)
  } catch (error) {
    const { code, message, cause } = error as NodeJS.ErrnoException
    const known = { ENOENT: 'there is no such file', EISDIR: 'this is a folder' }[code ?? '']
    throw new FileError(`${name}: ${known ?? (cause instanceof Error ? cause.message : message)}`)
  }
}

async function download(url: URL): Promise<string> {
  const response = await fetch(url, {
    headers: { accept: 'application/json, application/yaml, */*;q=0.5' },
    signal: AbortSignal.timeout(timeoutMs),
  })
  if (!response.ok) throw new Error(`the server answers ${response.status}`)
  return response.text()
}
