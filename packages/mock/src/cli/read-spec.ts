import { readFile } from 'node:fs/promises'
import type { OpenAPI } from '@livepeer-ai/openapi'
import { CORE_SCHEMA, load, mergeTag, YAMLException } from 'js-yaml'

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
    document = parseDocument(await readFile(file, 'utf8'))
  } catch (error) {
    throw new FileError(describeError(file, error as NodeJS.ErrnoException))
  }
  const { openapi, paths } = (document ?? {}) as Partial<OpenAPI>
  if (!/^3\.[01]\./.test(String(openapi)) || !paths)
    throw new FileError(`--spec ${file}: not an OpenAPI 3.0 or 3.1 description with paths`)
  return document as OpenAPI
}

/** Numbers, booleans and null as in JSON; dates stay texts. */
const schema = CORE_SCHEMA.withTags(mergeTag)
const limits = { maxDepth: 1000, maxAliases: -1, maxTotalMergeKeys: -1 }

function parseDocument(text: string): unknown {
  // JSON is YAML, but its own parser is ten times as fast.
  if (/^\s*\{/.test(text))
    try {
      return JSON.parse(text)
    } catch {
      // YAML in flow style, or JSON with an error that the other parser locates.
    }
  return load(text, { schema, ...limits })
}

function describeError(file: string, error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return `--spec ${file}: there is no such file`
  if (!(error instanceof YAMLException)) return `--spec ${file}: ${error.message}`
  const { reason, mark } = error
  return `--spec ${file}${mark ? `:${mark.line + 1}:${mark.column + 1}` : ''}: ${reason}`
}
