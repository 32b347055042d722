import type { OpenAPI } from '@livepeer-ai/openapi'
import {
  array,
  boolean,
  constant,
  constantFrom,
  dictionary,
  letrec,
  nat,
  oneof,
  record,
  tuple,
  uniqueArray,
  type Arbitrary,
} from 'fast-check'

type Json = Record<string, unknown>

/** Property names, some of them keywords. */
const name = constantFrom('a', 'b', 'id', 'example', 'default', 'value', 'x-c', 'properties')
const text = constantFrom('', 'x', 'abc', '1', 'true', 'ä', 'a b', '2020-01-01')
const number = constantFrom(-1, 0, 1, 1.5, 7, 1e10)
const value: Arbitrary<unknown> = oneof(
  text,
  number,
  boolean(),
  constant(null),
  array(number, { maxLength: 2 }),
  dictionary(name, text, { maxKeys: 2 }),
)

/** Returns an arbitrary that often leaves a member out. */
const optional = (members: Record<string, Arbitrary<unknown>>): Arbitrary<Json> => record(members, { requiredKeys: [] })

const merged = (...parts: Arbitrary<Json>[]): Arbitrary<Json> =>
  tuple(...parts).map((all) => Object.assign({}, ...all) as Json)

const annotations = oneof(
  { weight: 6, arbitrary: constant({}) },
  { weight: 1, arbitrary: optional({ example: value, default: value, nullable: boolean() }) },
  {
    weight: 1,
    arbitrary: optional({ enum: array(value, { minLength: 1, maxLength: 3 }), deprecated: boolean() }),
  },
)

const typed = (type: string, keywords: Record<string, Arbitrary<unknown>>): Arbitrary<Json> =>
  merged(constant({ type }), optional(keywords), annotations)

const bounds = {
  minimum: number,
  maximum: number,
  exclusiveMinimum: oneof(boolean(), number),
  format: constantFrom('int32', 'float'),
}

const ref = (target: string) => `#/components/schemas/${target}`

/** Schemas, some of which no validator compiles. */
const { schema } = letrec<{ schema: Json }>((tie) => ({
  schema: oneof(
    { depthSize: 'small', withCrossShrink: true },
    typed('string', {
      minLength: nat(3),
      pattern: constantFrom('^[a-z]*$', String.raw`^[\w-.]+$`, '[', String.raw`^\d+$`),
      format: constantFrom('date', 'uuid', 'binary', 'byte', 'own'),
    }),
    typed('integer', bounds),
    typed('number', bounds),
    typed('boolean', {}),
    // Prism refuses a whole description with a reference to nothing.
    oneof(
      { weight: 20, arbitrary: constantFrom<Json>({}, { type: 'strin' }, { nullable: true }) },
      { weight: 1, arbitrary: constant<Json>({ $ref: ref('None') }) },
    ),
    constantFrom('S0', 'S1', 'S2').map((target): Json => ({ $ref: ref(target) })),
    merged(constant({ type: 'array' }), optional({ minItems: nat(2) }), record({ items: tie('schema') })),
    merged(
      constant({ type: 'object' }),
      record({ properties: dictionary(name, tie('schema'), { maxKeys: 3 }) }),
      optional({ required: uniqueArray(name, { maxLength: 2 }), additionalProperties: boolean() }),
      annotations,
    ),
    tuple(constantFrom('oneOf', 'anyOf', 'allOf'), array(tie('schema'), { minLength: 1, maxLength: 2 })).map(
      ([keyword, choices]): Json => ({ [keyword]: choices }),
    ),
  ),
}))

const content = dictionary(
  constantFrom('application/json', 'application/vnd.a+json', 'text/plain', 'application/problem+json', '*/*'),
  oneof(
    record({ schema }),
    record({ example: value }),
    record({ schema, examples: dictionary(constantFrom('e1', 'e2'), record({ value }), { maxKeys: 2 }) }),
  ),
  { maxKeys: 2 },
)

const headers = dictionary(
  constantFrom('X-A', 'x-b', 'Content-Length', 'Transfer-Encoding', 'Retry-After', 'ETag'),
  oneof(record({ schema }), record({ schema, example: text })),
  { maxKeys: 2 },
)

const response = merged(constant({ description: '' }), optional({ content, headers }))
const responses = merged(
  dictionary(constantFrom('200', '201', '204', '2XX', 'default'), response, { minKeys: 1, maxKeys: 2 }),
  dictionary(constantFrom('400', '401', '404', '415', '422', '4XX'), response, { maxKeys: 2 }),
)

const parameter = oneof(
  {
    weight: 4,
    arbitrary: record(
      { name: constantFrom('q', 'r'), in: constant('query'), schema },
      { requiredKeys: ['name', 'in'] },
    ),
  },
  { weight: 1, arbitrary: record({ name: constant('X-P'), in: constant('header'), schema }) },
  { weight: 1, arbitrary: record({ name: constant('c'), in: constant('cookie'), schema }) },
)
const parameters = uniqueArray(merged(parameter, optional({ required: boolean(), explode: boolean() })), {
  maxLength: 2,
  selector: ({ name: one, in: location }) => `${String(location)} ${String(one)}`,
})

const requestBody = record(
  { required: boolean(), content: record({ 'application/json': record({ schema }) }) },
  { requiredKeys: ['content'] },
)

const operation = (more: Record<string, Arbitrary<unknown>>) =>
  merged(record({ responses }), optional({ parameters, deprecated: boolean(), ...more }))

const broken = constantFrom<unknown>(null, [], 'text', { get: null }, { $ref: '#/nowhere' }, { get: { responses: [] } })

/** Schemas without a reference at the top, so that no reference leads back to itself. */
const inline = schema.filter((one) => !('$ref' in one))

/** Descriptions with up to four operations, and with parts that are broken. */
export const arbitraryDescription: Arbitrary<OpenAPI> = record({
  openapi: constantFrom('3.0.3', '3.1.0'),
  collection: record({ get: operation({}), post: operation({ requestBody }) }, { requiredKeys: ['get'] }),
  item: record({ get: operation({}), put: operation({ requestBody }) }, { requiredKeys: ['get'] }),
  schemas: record({ S0: schema.filter(({ $ref }) => $ref !== ref('S0')), S1: inline, S2: inline }),
  other: oneof({ weight: 8, arbitrary: constant(undefined) }, { weight: 1, arbitrary: broken }),
}).map(({ openapi, collection, item, schemas, other }) => {
  const id = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }]
  const paths = {
    '/things': collection,
    '/items/{id}': { ...item, parameters: id },
    ...(other !== undefined && { '/broken': other }),
  }
  return { openapi, info: { title: 't', version: '1' }, paths, components: { schemas } } as unknown as OpenAPI
})
