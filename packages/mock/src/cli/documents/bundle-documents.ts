import { isAbsolute, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isObject, kindOfChild, type PlaceKind } from '@livepeer-ai/openapi'
import { FileError } from './file-error.ts'
import { parseDocument } from './parse-document.ts'
import { readText } from './read-text.ts'

/** The extension of a bundle that has the other documents, by their path or URL. */
export const extension = 'x-documents'

/**
 * Adds the documents that a description refers to, as the extension `x-documents`, and changes the
 * references to them. Reads only documents of the same server, or files below the folder of the
 * description and below the current folder. Other references stay as they are.
 *
 * @throws FileError
 */
export async function bundleDocuments(main: object, base: URL): Promise<object> {
  const known = new Map<string, string>([[base.href, '']])
  const documents: Record<string, unknown> = {}
  const waiting: { document: unknown; url: URL; prefix: string }[] = [{ document: main, url: base, prefix: '' }]

  async function include(url: URL): Promise<string | undefined> {
    const prefix = known.get(url.href)
    if (prefix !== undefined || !mayRead(url, base)) return prefix
    const name = url.protocol === 'file:' ? relative(fileURLToPath(new URL('.', base)), fileURLToPath(url)) : url.href
    const text = await readText(url, name).catch((error: unknown) => {
      // The reference is reported with its place.
      if (error instanceof FileError) return undefined
      throw error
    })
    if (text === undefined) return undefined
    const added = `/${extension}/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`
    known.set(url.href, added)
    const document = parseDocument(text, name)
    documents[name] = document
    waiting.push({ document, url, prefix: added })
    return added
  }

  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { document, url, prefix } = next
    for (const reference of listReferences(document)) {
      const [file = '', fragment = ''] = reference.$ref.split('#', 2)
      const target = file === '' ? prefix : URL.canParse(file, url.href) ? await include(new URL(file, url)) : undefined
      // A fragment that is no JSON Pointer names an anchor.
      if (target !== undefined && (fragment === '' || fragment.startsWith('/')))
        reference.$ref = `#${target}${fragment}`
    }
  }
  return Object.keys(documents).length ? { ...main, [extension]: documents } : main
}

interface Reference {
  $ref: string
}

/** Returns the references of a document. Those in examples and extensions are data. */
function listReferences(document: unknown): Reference[] {
  const found: Reference[] = []
  const visited = new Set<unknown>()
  const visit = (node: unknown, kind: PlaceKind) => {
    if (typeof node !== 'object' || node === null || kind === 'data' || visited.has(node)) return
    visited.add(node)
    if (isReference(node) && kind === 'fields') found.push(node)
    for (const [key, value] of Object.entries(node)) visit(value, kindOfChild(kind, key, value))
  }
  visit(document, 'fields')
  return found
}

function isReference(node: object): node is Reference {
  return isObject(node) && typeof node['$ref'] === 'string'
}

function mayRead(url: URL, base: URL): boolean {
  if (!/\.(json|ya?ml)$/i.test(url.pathname)) return false
  if (base.protocol !== 'file:') return url.origin === base.origin
  return (
    url.protocol === 'file:' &&
    [new URL('.', base), pathToFileURL(`${process.cwd()}/`)].some((root) => isBelow(url, root))
  )
}

function isBelow(url: URL, root: URL): boolean {
  const path = relative(fileURLToPath(root), fileURLToPath(url))
  return !path.startsWith('..') && !isAbsolute(path)
}
