import { isObject, sliceDescription, type OpenAPI, type Schema } from '@livepeer-ai/openapi'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { collectProperties } from './collect-properties.ts'
import { isLarge, narrowSchema } from './narrow-schema.ts'

/** The schema of a documented error. */
export interface ErrorSchema {
  /** Returns true if a body fits and has a documented property. */
  accepts: (body: unknown) => boolean
}

/** Returns a function that compiles schemas of a description. The function throws if it cannot. */
export function createCompiler(description: OpenAPI): (schema: Schema) => ErrorSchema {
  const ajv = new Ajv2020({
    strict: false,
    validateFormats: false,
    unicodeRegExp: false,
    addUsedSchema: false,
    // The meta-schemas take longer to compile than most errors.
    meta: false,
    validateSchema: false,
    logger: false,
  })
  return (schema) => {
    // The whole description would take seconds to compile.
    const { schema: own, ...others } = sliceDescription(description, { schema })
    const whole = { ...others, ...own }
    const root = isLarge(whole) ? narrowSchema(description, schema) : whole
    const validate = ajv.compile(
      description.openapi.startsWith('3.0') ? (toJsonSchema(root, new Map()) as Schema) : root,
    )
    const properties = collectProperties(description, schema)
    return {
      accepts: (body) => (!isObject(body) || Object.keys(body).some((name) => properties.has(name))) && validate(body),
    }
  }
}

/** Returns a schema of OpenAPI 3.0 as JSON Schema. */
function toJsonSchema(node: unknown, known: Map<unknown, unknown>): unknown {
  if (typeof node !== 'object' || node === null) return node
  if (known.has(node)) return known.get(node)
  const copy: object = Array.isArray(node) ? [] : {}
  known.set(node, copy)
  for (const [key, value] of Object.entries(node)) Reflect.set(copy, key, toJsonSchema(value, known))
  const { nullable, type, enum: values } = copy as { nullable?: unknown; type?: unknown; enum?: unknown }
  if (typeof nullable === 'boolean') {
    Reflect.deleteProperty(copy, 'nullable')
    if (nullable && typeof type === 'string') Object.assign(copy, { type: [type, 'null'] })
    if (nullable && Array.isArray(values)) Object.assign(copy, { enum: [...(values as unknown[]), null] })
  }
  setBound(copy, 'minimum', 'exclusiveMinimum')
  setBound(copy, 'maximum', 'exclusiveMaximum')
  return copy
}

/** OpenAPI 3.0 marks an exclusive bound with a flag. */
function setBound(schema: object, bound: string, flag: string): void {
  const isExclusive: unknown = Reflect.get(schema, flag)
  if (typeof isExclusive !== 'boolean') return
  Reflect.deleteProperty(schema, flag)
  const limit: unknown = Reflect.get(schema, bound)
  if (!isExclusive || typeof limit !== 'number') return
  Reflect.deleteProperty(schema, bound)
  Reflect.set(schema, flag, limit)
}
