import { CORE_SCHEMA, load, mergeTag, YAMLException } from 'js-yaml'
import { FileError } from './file-error.ts'

/** Numbers, booleans and null as in JSON; dates stay texts. */
const schema = CORE_SCHEMA.withTags(mergeTag)
const limits = { maxDepth: 1000, maxAliases: -1, maxTotalMergeKeys: -1 }

/**
 * Parses JSON or YAML. `name` begins the message of an error.
 *
 * @throws FileError
 */
export function parseDocument(text: string, name: string): unknown {
  // JSON is YAML, but its own parser is ten times as fast.
  if (/^\s*\{/.test(text))
    try {
      return JSON.parse(text)
    } catch {
      // YAML in flow style, or JSON with an error that the other parser locates.
    }
  let document: unknown
  try {
    document = load(text, { schema, ...limits })
  } catch (error) {
    if (!(error instanceof YAMLException)) throw new FileError(`${name}: ${(error as Error).message}`)
    const { reason, mark } = error
    throw new FileError(`${name}${mark ? `:${mark.line + 1}:${mark.column + 1}` : ''}: ${reason}`)
  }
  const cycle = findCycle(document)
  if (cycle) throw new FileError(`${name}: the alias at /${cycle.join('/')} contains itself`)
  return document
}

/** Returns the path to a value that contains itself, or undefined. */
function findCycle(document: unknown): string[] | undefined {
  const open = new Set<unknown>()
  const done = new Set<unknown>()
  const visit = (node: unknown, path: string[]): string[] | undefined => {
    if (typeof node !== 'object' || node === null || done.has(node)) return undefined
    if (open.has(node)) return path
    open.add(node)
    for (const [key, value] of Object.entries(node)) {
      const cycle = visit(value, [...path, key])
      if (cycle) return cycle
    }
    open.delete(node)
    done.add(node)
    return undefined
  }
  return visit(document, [])
}
