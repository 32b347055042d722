/** A JSON Schema in the dialect of OpenAPI 3.1 (2020-12). */
export type Schema = Record<string, unknown>

export interface Reference {
  $ref: string
}

export interface MediaType {
  schema?: Schema
  example?: unknown
  examples?: Record<string, Reference | { summary?: string; value?: unknown }>
  /** The encoding of properties of a form, by their names. */
  encoding?: Record<string, Encoding>
}

/** The encoding of a property of a form. */
export interface Encoding {
  contentType?: string
  style?: string
  explode?: boolean
  allowReserved?: boolean
}

export interface RequestBody {
  description?: string
  required?: boolean
  content: Record<string, MediaType>
}

export interface Response {
  description: string
  headers?: Record<string, unknown>
  content?: Record<string, MediaType>
}

export interface OperationObject {
  operationId?: string
  summary?: string
  description?: string
  tags?: string[]
  parameters?: unknown[]
  requestBody?: RequestBody | Reference
  responses?: Record<string, Response | Reference>
  security?: Record<string, string[]>[]
  deprecated?: boolean
  /** If set, the conformance suite may send valid requests although they change data. */
  'x-conformance'?: 'repeatable'
}

/** The fixed fields of a path item that hold operations. */
export const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const

export type PathItem = { [method in (typeof methods)[number]]?: OperationObject } & { parameters?: unknown[] }

/** An OpenAPI description, limited to the members that the packages read. */
export interface OpenAPI {
  openapi: string
  info: { title: string; version: string } & Record<string, unknown>
  servers?: { url: string; description?: string; variables?: Record<string, { default?: unknown; enum?: unknown[] }> }[]
  security?: Record<string, string[]>[]
  tags?: { name: string; description?: string }[]
  paths?: Record<string, PathItem | Reference>
  components?: Record<string, Record<string, unknown>>
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Follows `$ref` within the document until it reaches another value. Throws when a reference does
 * not resolve.
 */
export function resolveReference<T>(description: OpenAPI, node: T | Reference): T {
  const seen = new Set<string>()
  let target: unknown = node
  while (isObject(target) && typeof target['$ref'] === 'string') {
    const { $ref } = target
    if (seen.has($ref)) throw new Error(`${$ref} refers to itself`)
    seen.add($ref)
    target = $ref.startsWith('#') ? valueAt(description, decodeFragment($ref.slice(1))) : undefined
    if (target === undefined) throw new Error(`${$ref} refers to nothing in the description`)
  }
  return target as T
}

function decodeFragment(fragment: string): string {
  return fragment.includes('%') ? decodeURIComponent(fragment) : fragment
}

/** Follows the references of a schema. Returns an empty schema for one that leads nowhere. */
export function resolveSchema(description: OpenAPI, schema: unknown): Schema {
  try {
    const target = isObject(schema) ? resolveReference<unknown>(description, schema) : {}
    return isObject(target) ? target : {}
  } catch {
    return {}
  }
}

/** Returns the value at a JSON Pointer (RFC 6901), or undefined. */
export function valueAt(document: unknown, pointer: string): unknown {
  let node = document
  for (const token of pointer.split('/').slice(1)) {
    if (typeof node !== 'object' || node === null) return undefined
    node = Reflect.get(node, token.includes('~') ? token.replaceAll('~1', '/').replaceAll('~0', '~') : token)
  }
  return node
}

/** Returns the Operation Object of a method and a path template, or undefined. */
export function findOperationObject(
  description: OpenAPI,
  { method, path }: { method: string; path: string },
): OperationObject | undefined {
  const item = description.paths?.[path]
  const key = methods.find((candidate) => candidate === method.toLowerCase())
  return item && key && resolveReference(description, item)[key]
}

/** Returns the names of the parts of an operation's multipart form; none if it takes no form. */
export function listFormParts(description: OpenAPI, operation: { method: string; path: string }): ReadonlySet<string> {
  const { requestBody } = findOperationObject(description, operation) ?? {}
  const { content = {} } = requestBody ? resolveReference(description, requestBody) : {}
  const schema = content['multipart/form-data']?.schema
  const { properties } = schema ? resolveReference(description, schema) : {}
  return new Set(isObject(properties) ? Object.keys(properties) : [])
}

/** Returns the source of a regular expression that matches exactly `text`. */
export function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

/** Default size limit of a file and of a body that is not a form, in bytes: 50 MiB. */
export const defaultMaxBytes: number = 50 * 1024 * 1024
