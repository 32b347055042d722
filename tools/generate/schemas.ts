import {
  findOperationObject,
  isObject,
  kindOfChild,
  listOperations,
  resolveReference,
  tokensOf,
  type BodySchemas,
  type MediaType,
  type OpenAPI,
  type OperationObject,
  type PlaceKind,
  type Schema,
} from '@livepeer-ai/openapi'
import { SpecError } from '../spec/spec-error.ts'
import { draft07 } from './draft-07.ts'

/**
 * Returns the schemas of all request and response bodies by operationId. Each is self-contained.
 */
export function schemas(description: OpenAPI): Record<string, BodySchemas> {
  const convert = (schema: Schema) => selfContained(description, schema)
  return byOperation(description, (operation, at) => ({
    request: operation.requestBody
      ? contents(resolveReference(description, operation.requestBody).content, convert, `${at} request`)
      : {},
    responses: responses(description, operation, convert, at),
  }))
}

/** Returns the schemas of all response bodies in draft-07 by operationId. */
export function draft07Schemas(description: OpenAPI, isStrict = true): Record<string, BodySchemas['responses']> {
  const convert = (schema: Schema) => {
    try {
      return draft07(description, schema)
    } catch (error) {
      if (isStrict || !(error instanceof SpecError)) throw error
      // Dredd cannot check this schema. Ajv checks it in its own dialect.
      return {}
    }
  }
  return byOperation(description, (operation, at) => responses(description, operation, convert, at))
}

type Convert = (schema: Schema) => Schema

function byOperation<T>(
  description: OpenAPI,
  convert: (operation: OperationObject, at: string) => T,
): Record<string, T> {
  return Object.fromEntries(
    listOperations(description).map(({ operationId, path, method }) => {
      const operation = findOperationObject(description, { method, path }) ?? {}
      return [operationId, convert(operation, operationId)]
    }),
  )
}

function responses(
  description: OpenAPI,
  operation: OperationObject,
  convert: Convert,
  at: string,
): BodySchemas['responses'] {
  return Object.fromEntries(
    Object.entries(operation.responses ?? {}).map(([status, response]) => [
      status,
      contents(resolveReference(description, response).content, convert, `${at} ${status}`),
    ]),
  )
}

function contents(content: Record<string, MediaType> = {}, convert: Convert, at: string): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(content).flatMap(([mediaType, { schema }]) =>
      schema ? [[mediaType, located(() => convert(schema), `${at} ${mediaType}`)]] : [],
    ),
  )
}

function located<T>(convert: () => T, at: string): T {
  try {
    return convert()
  } catch (error) {
    throw error instanceof SpecError ? new SpecError(`${at}: ${error.message}`) : error
  }
}

/**
 * Adds what a schema refers to, directly or indirectly, at its place, so that its references
 * resolve.
 */
function selfContained(description: OpenAPI, schema: Schema): Schema {
  const found: Record<string, unknown> = {}
  const included = new Set<string>()
  const visit = (node: unknown, kind: PlaceKind): void => {
    for (const $ref of references(node, kind)) {
      if (included.has($ref)) continue
      included.add($ref)
      const target = resolveReference(description, { $ref })
      place(found, tokensOf($ref), target)
      visit(target, 'fields')
    }
  }
  visit(schema, 'fields')
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema, ...found }
}

/** Sets a value at the place of a JSON Pointer. */
function place(container: Record<string, unknown>, [token = '', ...rest]: string[], value: unknown): void {
  const present = container[token]
  // The place may be inside another target, which has it already.
  if (!rest.length) container[token] = isObject(present) && isObject(value) ? { ...present, ...value } : value
  else if (present === undefined || isObject(present)) {
    const inner = { ...present }
    place(inner, rest, value)
    container[token] = inner
  }
}

/** Returns the references within the document. Those in examples and extensions are data. */
function references(node: unknown, kind: PlaceKind): string[] {
  if (typeof node !== 'object' || node === null || kind === 'data') return []
  return Object.entries(node).flatMap(([key, value]) =>
    key === '$ref' && kind === 'fields' && typeof value === 'string' && value.startsWith('#/')
      ? [value]
      : references(value, kindOfChild(kind, key, value)),
  )
}
