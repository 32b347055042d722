import { readFile } from 'node:fs/promises'
import type { OpenAPI } from '@livepeer-ai/openapi'
import { parse as parseYaml } from 'yaml'

/** Thrown when a file of the command line cannot be read or written. */
export class FileError extends Error {}

/**
 * Reads a description in JSON or YAML.
 *
 * @throws FileError
 */
export async function readSpec(file: string): Promise<OpenAPI> {
  let document: unknown
  try {
    document = parseYaml(await readFile(file, 'utf8'))
  } catch (error) {
    throw new FileError(`--spec ${file}: ${describeError(error as NodeJS.ErrnoException)}`)
  }
  const { openapi, paths } = (document ?? {}) as Partial<OpenAPI>
  if (!/^3\.[01]\./.test(String(openapi)) || !paths)
    throw new FileError(`--spec ${file}: not an OpenAPI 3.0 or 3.1 description with paths`)
  return document as OpenAPI
}

function describeError({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'there is no such file'
  const [line = ''] = message.split('\n')
  return line.replace(/:$/, '')
}
