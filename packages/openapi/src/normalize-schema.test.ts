import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { normalizeSchema, sameSchema, type SchemaOf } from './normalize-schema.ts'
import {
  resolveReference,
  valueAt,
  type MediaType,
  type OpenAPI,
  type OperationObject,
  type Schema,
} from './openapi.ts'

const live = async (name: string) =>
  JSON.parse(await readFile(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8')) as OpenAPI
const documents = {
  contract: await live('contract'),
  'FastAPI 0.92': await live('fastapi-0.92'),
  'FastAPI 0.142': await live('fastapi-0.142'),
}
type Name = keyof typeof documents

const bodies = ['request', '200', '400', '401', '413', '415', '422', '500']
const pairs: [Name, Name][] = [
  ['contract', 'FastAPI 0.92'],
  ['contract', 'FastAPI 0.142'],
  ['FastAPI 0.92', 'FastAPI 0.142'],
]

test.each(pairs.flatMap(([left, right]) => bodies.map((body) => [left, right, body] as const)))(
  '%s and %s mean the same by %s',
  (left, right, body) => {
    expect(normalizeSchema(...schemaOf(left, body))).toEqual(normalizeSchema(...schemaOf(right, body)))
    expect(sameSchema(schemaOf(left, body), schemaOf(right, body))).toBe(true)
  },
)

test('the live documents spell these schemas differently', () => {
  expect(new Set([spelt('contract'), spelt('FastAPI 0.92'), spelt('FastAPI 0.142')]).size).toBe(3)
})

const thing = { Thing: { type: 'object', properties: { name: { type: 'string' } } } }

test.each<[string, Schema, Schema]>([
  [
    'a wrapped reference',
    { allOf: [{ $ref: '#/components/schemas/Thing' }], title: 'T' },
    { $ref: '#/components/schemas/Thing', description: 'D' },
  ],
  ['a reference and what it refers to', { $ref: '#/components/schemas/Thing' }, thing.Thing],
  ['a file', { type: 'string', format: 'binary' }, { type: 'string', contentMediaType: 'application/octet-stream' }],
  ['null in OpenAPI 3.0 and 3.1', { type: 'string', nullable: true }, { type: ['string', 'null'] }],
  ['null as a choice', { anyOf: [{ type: 'integer' }, { type: 'null' }] }, { type: ['null', 'integer'] }],
  [
    'a wrapped reference that may be null',
    { allOf: [{ $ref: '#/components/schemas/Thing' }], nullable: true },
    { anyOf: [{ $ref: '#/components/schemas/Thing' }, { type: 'null' }] },
  ],
  ['one type in a list', { type: ['string'] }, { type: 'string' }],
  ['one value', { const: 'a' }, { enum: ['a'] }],
  ['a bound made exclusive by a flag', { minimum: 1, exclusiveMinimum: true }, { exclusiveMinimum: 1 }],
  ['a bound that a flag leaves as it is', { maximum: 1, exclusiveMaximum: false }, { maximum: 1 }],
  ['annotations', { type: 'string', title: 'T', description: 'D', example: 'e', 'x-any': 1 }, { type: 'string' }],
  ['items of any kind', { type: 'array', items: {} }, { type: 'array' }],
  ['properties of any kind', { type: 'object', additionalProperties: true }, { type: 'object' }],
  ['nothing required', { type: 'object', required: [] }, { type: 'object' }],
  [
    'the order of names',
    { type: 'object', required: ['b', 'a'], properties: { b: {}, a: {} } },
    { properties: { a: {}, b: {} }, required: ['a', 'b'], type: 'object' },
  ],
  [
    'the order of a choice',
    { anyOf: [{ type: 'string' }, { type: 'integer' }] },
    { anyOf: [{ type: 'integer' }, { type: 'string' }] },
  ],
])('sameSchema() ignores %s', (_, left, right) => {
  const document = { openapi: '3.1.0', info: { title: 't', version: '1' }, components: { schemas: thing } }
  expect(normalizeSchema(document, left)).toEqual(normalizeSchema(document, right))
  expect(sameSchema([document, left], [document, right])).toBe(true)
})

const pointer = { request: '/components/schemas/Body_genAudioToText', answer: '/components/schemas/TextResponse' }

test.each<[string, string, string, (schema: Record<string, unknown>) => void]>([
  ['a field that is no longer required', '200', pointer.answer, (schema) => (schema['required'] = ['text'])],
  [
    'a field that is gone',
    '200',
    pointer.answer,
    (schema) => Reflect.deleteProperty(schema['properties'] as object, 'chunks'),
  ],
  [
    'a new field',
    '200',
    pointer.answer,
    (schema) => Reflect.set(schema['properties'] as object, 'language', { type: 'string' }),
  ],
  [
    'an optional field called input in another schema',
    '200',
    pointer.answer,
    (schema) => Reflect.set(schema['properties'] as object, 'input', {}),
  ],
  ['another type', '200', `${pointer.answer}/properties/text`, (schema) => (schema['type'] = 'integer')],
  [
    'a type that may be null',
    '200',
    `${pointer.answer}/properties/text`,
    (schema) => (schema['type'] = ['string', 'null']),
  ],
  [
    'another default',
    'request',
    `${pointer.request}/properties/return_timestamps`,
    (schema) => (schema['default'] = 'word'),
  ],
  [
    'a list of values',
    'request',
    `${pointer.request}/properties/return_timestamps`,
    (schema) => (schema['enum'] = ['word']),
  ],
  [
    'text instead of a file',
    'request',
    `${pointer.request}/properties/audio`,
    (schema) => Reflect.deleteProperty(schema, 'contentMediaType'),
  ],
  [
    'a file in base64',
    'request',
    `${pointer.request}/properties/audio`,
    (schema) => (schema['contentEncoding'] = 'base64'),
  ],
  ['a tuple', '200', '/components/schemas/Chunk/properties/timestamp', (schema) => (schema['minItems'] = 2)],
  [
    'no more properties',
    '422',
    '/components/schemas/ValidationError',
    (schema) => (schema['additionalProperties'] = false),
  ],
  [
    'an issue whose input is required',
    '422',
    '/components/schemas/ValidationError',
    (schema) => (schema['required'] = ['loc', 'msg', 'type', 'input']),
  ],
])('sameSchema() detects %s', (_, body, at, change) => {
  const changed = structuredClone(documents['FastAPI 0.142'])
  change(valueAt(changed, at) as Record<string, unknown>)
  expect(sameSchema(schemaOf('contract', body), [changed, schemaIn(changed, body)])).toBe(false)
})

test('sameSchema() keeps both of two bounds', () => {
  const both = { minLength: 5, allOf: [{ minLength: 2 }] }
  expect(sameSchema([documents.contract, both], [documents.contract, { minLength: 2 }])).toBe(false)
  expect(sameSchema([documents.contract, both], [documents.contract, { minLength: 5 }])).toBe(false)
})

test('sameSchema() compares recursive schemas', () => {
  const root = { $ref: '#/components/schemas/Tree' }
  expect(sameSchema([tree('string'), root], [tree('string'), root])).toBe(true)
  expect(sameSchema([tree('string'), root], [tree('integer'), root])).toBe(false)
  const shallow = { properties: { leaf: { type: 'string' }, branches: {} } }
  expect(sameSchema([tree('string'), root], [tree('string'), shallow])).toBe(false)
})

function schemaOf(name: Name, body: string): SchemaOf {
  return [documents[name], schemaIn(documents[name], body)]
}

function schemaIn(document: OpenAPI, body: string): Schema {
  const operation = valueAt(document, '/paths/~1audio-to-text/post') as OperationObject
  const source = body === 'request' ? operation.requestBody : operation.responses?.[body]
  const { content } = resolveReference(document, source) as { content: Record<string, MediaType> }
  return (content['application/json'] ?? content['multipart/form-data'])?.schema ?? {}
}

function spelt(name: Name): string {
  return JSON.stringify(documents[name].components?.['schemas'])
}

function tree(leaf: string): OpenAPI {
  const branches = { items: { $ref: '#/components/schemas/Tree' } }
  return {
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    components: { schemas: { Tree: { properties: { leaf: { type: leaf }, branches } } } },
  }
}
