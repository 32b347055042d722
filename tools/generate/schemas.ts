import {
  findOperationObject,
  listOperations,
  resolveReference,
  type BodySchemas,
  type MediaType,
  type OpenAPI,
  type OperationObject,
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
export function draft07Schemas(description: OpenAPI): Record<string, BodySchemas['responses']> {
  const convert = (schema: Schema) => draft07(description, schema)
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
 * Adds the components that a schema references, directly or indirectly, so that its references
 * resolve.
 */
function selfContained(description: OpenAPI, schema: Schema): Schema {
  const found: Record<string, Record<string, unknown>> = {}
  const visit = (node: unknown): void => {
    for (const $ref of references(node)) {
      const [, group, name] = /^#\/components\/([^/]+)\/([^/]+)/.exec($ref) ?? []
      if (!group || !name) throw new SpecError(`${$ref}: a schema may refer to #/components/ only`)
      if (found[group]?.[name]) continue
      const component = description.components?.[group]?.[name]
      ;(found[group] ??= {})[name] = component
      visit(component)
    }
  }
  visit(schema)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...schema,
    ...(Object.keys(found).length && { components: found }),
  }
}

function references(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value] : references(value),
  )
}
