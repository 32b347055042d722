import {
  CORE_SCHEMA,
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  load,
  mapTag,
  mergeTag,
  seqTag,
  YAMLException,
} from 'js-yaml'
import { FileError } from './file-error.ts'

const own = { matchByTagPrefix: true, identify: () => false }
/** Numbers, booleans and null as in JSON; dates stay texts. A tag of the author changes nothing. */
const schema = CORE_SCHEMA.withTags(
  mergeTag,
  defineScalarTag('!', { ...own, resolve: (text) => text }),
  defineMappingTag('!', { ...mapTag, ...own }),
  defineSequenceTag('!', { ...seqTag, ...own }),
)
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
  const document = parseYaml(text, name)
  const cycle = findCycle(document)
  if (cycle) throw new FileError(`${name}: the alias at /${cycle.join('/')} contains itself`)
  return document
}

function parseYaml(text: string, name: string): unknown {
  try {
    return load(text, { schema, ...limits })
  } catch (error) {
    if (!(error instanceof YAMLException)) throw new FileError(`${name}: ${(error as Error).message}`)
    const { reason, mark } = error
    const message = `${name}${mark ? `:${mark.line + 1}:${mark.column + 1}` : ''}: ${reason}`
    if (!reason.startsWith('duplicated mapping key')) throw new FileError(message)
    console.error(`${message}; the last one is served`)
    return load(text, { schema, ...limits, json: true })
  }
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
