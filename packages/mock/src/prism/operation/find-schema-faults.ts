import { findOperationObject, resolveReference, toPointer, type OpenAPI, type PathItem } from '@livepeer-ai/openapi'
import { Ajv } from 'ajv'
import type { Problem } from '../../calls/problem.ts'
import { followPointer } from './follow-pointer.ts'
import type { PrismOperation } from './prism-operation.ts'

/** Checks schemas without compiling them. */
const ajv = new Ajv({ strict: false, logger: false, formats: { regex: isPattern } })

/** Returns the faults that keep Prism from using the schemas of a request. */
export function findSchemaFaults(description: OpenAPI, operation: PrismOperation): Problem[] {
  const { method, path, request } = operation
  const parameters = listParameters(description, operation)
  const bodies = (request?.body?.contents ?? []).map(({ mediaType, schema }) => ({
    place: toPointer(['paths', path, method, 'requestBody', 'content', mediaType, 'schema']),
    schema,
  }))
  const others = (['query', 'headers', 'path', 'cookie'] as const).flatMap((group) =>
    (request?.[group] ?? []).map(({ name, schema }) => ({
      place: parameters.get(`${group} ${name.toLowerCase()}`) ?? toPointer(['paths', path, method]),
      schema,
    })),
  )
  return [...bodies, ...others].flatMap(({ place, schema }) =>
    findFaults(schema).map(({ pointer, message }) => ({
      pointer: followPointer(description, place + pointer),
      message: `The schema is not used: ${message}`,
    })),
  )
}

/** Returns the pointers to the schemas of the parameters, by Prism's group and name. */
function listParameters(description: OpenAPI, { method, path }: PrismOperation): Map<string, string> {
  const found = new Map<string, string>()
  const item = resolveReference<PathItem>(description, description.paths?.[path] ?? {})
  const owners: [string[], unknown[] | undefined][] = [
    [['paths', path], item.parameters],
    [['paths', path, method], findOperationObject(description, { method, path })?.parameters],
  ]
  for (const [owner, list = []] of owners)
    for (const [index, reference] of list.entries()) {
      const { name, in: location } = resolveReference(description, reference as { name: string; in: string })
      const group = location === 'header' ? 'headers' : location
      found.set(`${group} ${name.toLowerCase()}`, toPointer([...owner, 'parameters', String(index), 'schema']))
    }
  return found
}

function findFaults(schema: unknown): Problem[] {
  if (typeof schema !== 'object' || schema === null) return []
  const untyped = findUntypedNullable(schema, [])
  if (untyped) return [{ pointer: toPointer(untyped), message: 'nullable requires a type' }]
  if (isValid(schema)) return []
  const [fault] = ajv.errors ?? []
  return [{ pointer: fault?.instancePath ?? '', message: fault?.message ?? 'not a JSON Schema' }]
}

function isValid(schema: object): boolean {
  try {
    return ajv.validateSchema(schema) === true
  } catch {
    // The schema names another dialect.
    return true
  }
}

/** Returns the path to a schema that Ajv refuses although the meta-schema accepts it. */
function findUntypedNullable(node: unknown, path: string[]): string[] | undefined {
  if (typeof node !== 'object' || node === null) return undefined
  if ('nullable' in node && typeof node.nullable === 'boolean' && !('type' in node)) return path
  for (const [key, value] of Object.entries(node)) {
    if (key === 'examples' || key === 'x-stoplight') continue
    const found = findUntypedNullable(value, [...path, key])
    if (found) return found
  }
  return undefined
}

function isPattern(source: string): boolean {
  try {
    return Boolean(new RegExp(source, 'u'))
  } catch {
    return false
  }
}
