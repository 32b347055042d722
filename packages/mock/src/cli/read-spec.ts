import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isObject, type OpenAPI } from '@livepeer-ai/openapi'
import { bundleDocuments } from './documents/bundle-documents.ts'
import { FileError } from './documents/file-error.ts'
import { parseDocument } from './documents/parse-document.ts'
import { readText } from './documents/read-text.ts'

/**
 * Reads a description in JSON or YAML, and the documents that it refers to. Swagger 2.0 becomes
 * OpenAPI 3.0. `source` is a file or an http URL.
 *
 * @throws FileError
 */
export async function readSpec(source: string): Promise<OpenAPI> {
  const url = isUrl(source) ? new URL(source) : pathToFileURL(resolve(source))
  const name = `--spec ${source}`
  const document = parseDocument(await readText(url, name), name)
  if (!isObject(document)) throw notOpenAPI(name)
  const bundle = await upgrade(await bundleDocuments(document, url))
  const { openapi, paths } = bundle as Partial<OpenAPI>
  if (!/^3\.[012]\./.test(String(openapi)) || !paths) throw notOpenAPI(name)
  return bundle as OpenAPI
}

export function isUrl(source: string): boolean {
  return /^https?:\/\//i.test(source)
}

async function upgrade(document: object): Promise<object> {
  if (!('swagger' in document) || String(document.swagger) !== '2.0') return document
  const { upgradeFromTwoToThree } = await import('@scalar/openapi-upgrader/2.0-to-3.0')
  forbidEmptyValues(document)
  return upgradeFromTwoToThree({ ...document, swagger: '2.0' })
}

/** Form fields of Swagger 2.0 can forbid empty values; in OpenAPI 3, only a schema can. */
function forbidEmptyValues(document: object): void {
  const items = valuesOf(Reflect.get(document, 'paths')).filter(isObject)
  const owners = [document, ...items, ...items.flatMap(valuesOf).filter(isObject)]
  for (const field of owners.flatMap((owner) => valuesOf(Reflect.get(owner, 'parameters'))))
    if (isObject(field) && field['in'] === 'formData' && field['type'] === 'string')
      if (field['allowEmptyValue'] === false) field['minLength'] ??= 1
}

const valuesOf = (value: unknown): unknown[] => (typeof value === 'object' && value ? Object.values(value) : [])

function notOpenAPI(name: string): FileError {
  return new FileError(`${name}: not an OpenAPI 3 description with paths, nor Swagger 2.0`)
}
