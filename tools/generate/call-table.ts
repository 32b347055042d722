import {
  findOperationObject,
  listOperations,
  resolveReference,
  type CallTable,
  type OpenAPI,
  type Response,
  type Schema,
  type Shape,
} from '@livepeer-ai/openapi'

/**
 * Returns the facts that the client needs about each operation. The table is small because browsers
 * load it.
 */
export function callTable(description: OpenAPI): CallTable {
  return Object.fromEntries(
    listOperations(description).map(({ operationId, method, path, requestBody, responses: mediaTypes }) => {
      const { responses = {} } = findOperationObject(description, { method, path }) ?? {}
      const successes = Object.keys(mediaTypes).filter((status) => /^2\d\d$/.test(status))
      return [
        `${method} ${path}`,
        {
          operationId,
          files:
            requestBody?.mediaTypes[0] === 'multipart/form-data' ? listFiles(description, { method, path }) : undefined,
          success: Object.fromEntries(
            successes.map((status) => [
              status,
              jsonShape(description, resolveReference(description, responses[status] as Response)),
            ]),
          ),
        },
      ]
    }),
  )
}

/** Returns the names of the parts that are a file, or may be several, of a multipart body. */
function listFiles(description: OpenAPI, operation: { method: string; path: string }): string[] {
  const { requestBody } = findOperationObject(description, operation) ?? {}
  const { content = {} } = requestBody ? resolveReference(description, requestBody) : {}
  const schema = content['multipart/form-data']?.schema ?? {}
  const { properties = {} } = resolveReference<Keywords>(description, schema)
  return Object.keys(properties).filter((name) => isFile(description, properties[name] ?? {}))
}

/** Returns true for a file as OpenAPI 3.0 and 3.1 describe it, or an array or a choice of files. */
function isFile(description: OpenAPI, schema: Schema): boolean {
  const { format, contentMediaType, items, allOf, anyOf, oneOf }: Keywords = resolveReference<Keywords>(
    description,
    schema,
  )
  if (format === 'binary' || contentMediaType === 'application/octet-stream') return true
  const inner = [items ?? [], allOf ?? [], anyOf ?? [], oneOf ?? []].flat()
  return inner.some((one) => isFile(description, one))
}

function jsonShape(description: OpenAPI, { content = {} }: Response): Shape | null {
  const json = Object.entries(content).find(([mediaType]) => /[/+]json\b/.test(mediaType))
  return json ? shape(description, json[1].schema ?? {}, []) : null
}

/** A recursive schema is left open at its second occurrence, which ends the recursion. */
function shape(description: OpenAPI, schema: Schema | undefined, within: Schema[]): Shape {
  if (!schema || within.includes(schema)) return {}
  const inner = (node: Schema) => shape(description, node, [...within, schema])
  const { $ref, allOf = [], anyOf, oneOf = anyOf, type, required, properties, items }: Keywords = schema
  const own: Shape = {
    type: type === undefined ? undefined : [type].flat().map((name) => (name === 'integer' ? 'number' : name)),
    required,
    properties: properties && mapValues(properties, inner),
    items: items && Object.keys(items).length > 0 ? inner(items) : undefined,
  }
  const referred = $ref ? [resolveReference<Schema>(description, { $ref })] : []
  return [...[...referred, ...allOf].map(inner), ...(oneOf ? [union(oneOf.map(inner))] : [])].reduce(intersection, own)
}

/** The keywords that describe the shape of JSON. */
interface Keywords {
  $ref?: string
  format?: string
  contentMediaType?: string
  allOf?: Schema[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  type?: string | string[]
  required?: string[]
  properties?: Record<string, Schema>
  items?: Schema
}

function intersection(a: Shape, b: Shape): Shape {
  const required = [...new Set([...(a.required ?? []), ...(b.required ?? [])])]
  return {
    type: b.type ?? a.type,
    required: required.length > 0 ? required : undefined,
    properties: a.properties || b.properties ? { ...a.properties, ...b.properties } : undefined,
    items: b.items ?? a.items,
  }
}

/**
 * Returns the common part of alternatives: their types, and the only alternative that is not null.
 */
function union(shapes: Shape[]): Shape {
  const [only = {}, ...others] = shapes.filter(({ type }) => type?.join() !== 'null')
  const types = shapes.map(({ type }) => type)
  const type = types.every((names) => names !== undefined) ? { type: [...new Set(types.flat())] } : {}
  return { ...(others.length === 0 && only.type ? only : {}), ...type }
}

function mapValues<T, U>(map: Record<string, T>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value)]))
}
