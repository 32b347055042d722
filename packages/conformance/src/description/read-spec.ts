import { readFile } from 'node:fs/promises'
import { dirname, relative, resolve, sep } from 'node:path'
import { isObject, kindOfChild, valueAt, type OpenAPI, type PlaceKind } from '@livepeer-ai/openapi'
import { parse } from 'yaml'
import { modernize } from './modernize.ts'

/** Unusable description. The message names the file and the reason. */
export class SpecFileError extends Error {
  override name = 'SpecFileError' as const
}

/** Reads an OpenAPI 3 description, JSON or YAML, of one file or several. */
export const readSpec = async (file: string): Promise<OpenAPI> => (await readSpecFiles(file)).description

/** Reads a description and lists the other files that it consists of, relative to its folder. */
export async function readSpecFiles(file: string): Promise<{ description: OpenAPI; others: readonly string[] }> {
  const root = resolve(file)
  const document = await readDocument(root)
  const version = isObject(document) ? document['openapi'] : undefined
  if (typeof version !== 'string' || !/^3\.[012]/.test(version))
    throw new SpecFileError(`${file}: expected an OpenAPI description of version 3.0 or 3.1`)
  const bundler = new Bundler(root)
  const bundled = await bundler.bundle(document)
  if (!isObject(bundled.paths)) throw new SpecFileError(`${file}: it has no paths`)
  return { description: modernize(bundled), others: bundler.others }
}

async function readDocument(file: string): Promise<unknown> {
  const shown = relative(process.cwd(), file)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new SpecFileError(`${shown}: ${error.code === 'ENOENT' ? 'no such file' : error.message}`)
  })
  try {
    return parse(text) as unknown
  } catch (error) {
    throw new SpecFileError(`${shown}: ${(error as Error).message.split('\n')[0]}`)
  }
}

/** Puts the parts of other files into one description, with references to them. */
class Bundler {
  readonly #root: string
  readonly #documents = new Map<string, unknown>()
  readonly #parts: Record<string, unknown> = {}

  constructor(root: string) {
    this.#root = root
  }

  /** The other files, relative to the folder of the first. */
  get others(): string[] {
    return Array.from(this.#documents.keys(), (file) => relative(dirname(this.#root), file).replaceAll(sep, '/'))
  }

  async bundle(document: unknown): Promise<OpenAPI> {
    const whole = (await this.#convert(document, this.#root, 'fields')) as OpenAPI
    const { components } = whole
    // Parts of all kinds are read alike there.
    return { ...whole, components: { ...components, schemas: { ...components?.['schemas'], ...this.#parts } } }
  }

  async #convert(node: unknown, file: string, kind: PlaceKind): Promise<unknown> {
    if (Array.isArray(node)) return Promise.all(node.map(async (item) => this.#convert(item, file, kind)))
    if (!isObject(node) || kind === 'data') return node
    const { $ref } = node
    const members = await Promise.all(
      Object.entries(node).map(async ([key, value]): Promise<[string, unknown]> => [
        key,
        key === '$ref' && kind !== 'names' ? value : await this.#convert(value, file, kindOfChild(kind, key, value)),
      ]),
    )
    const copy = Object.fromEntries(members)
    if (typeof $ref === 'string' && kind !== 'names') copy['$ref'] = await this.#include($ref, file)
    return copy
  }

  /** Returns the reference to the part in the description. */
  async #include($ref: string, from: string): Promise<string> {
    if (/^[a-z]+:\/\//i.test($ref)) throw new SpecFileError(`${from}: ${$ref} is not a file`)
    const [path = '', fragment = ''] = $ref.split('#')
    const file = path ? resolve(dirname(from), decodeURIComponent(path)) : from
    if (file === this.#root) return `#${fragment}`
    const key = encodeKey(`${relative(dirname(this.#root), file)}#${fragment}`)
    if (!(key in this.#parts)) {
      this.#parts[key] = {}
      const document = this.#documents.get(file) ?? (await readDocument(file))
      this.#documents.set(file, document)
      const target = valueAt(document, decodeURIComponent(fragment))
      if (target === undefined) throw new SpecFileError(`${from}: ${$ref} refers to nothing`)
      this.#parts[key] = await this.#convert(target, file, 'fields')
    }
    return `#/components/schemas/${key}`
  }
}

/** A key that needs no escaping in a JSON Pointer and in a URL. */
const encodeKey = (text: string): string => text.replaceAll(/[^\w.-]/g, '_')
