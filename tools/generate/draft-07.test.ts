import type { OpenAPI, Schema } from '@livepeer-ai/openapi'
import { expect, test } from 'vitest'
import { draft07 } from './draft-07.ts'

const description = (schemas: Record<string, Schema>): OpenAPI => ({
  openapi: '3.1.0',
  info: { title: 'sample', version: '1' },
  components: { schemas },
})
const convert = (schema: Schema, schemas: Record<string, Schema> = {}) => draft07(description(schemas), schema)

test.each<[string, Schema, Schema]>([
  [
    'tuples',
    { prefixItems: [{ type: 'number' }], items: false },
    { items: [{ type: 'number' }], additionalItems: false },
  ],
  ['dependencies', { dependentRequired: { a: ['b'] } }, { dependencies: { a: ['b'] } }],
  ['$defs', { $defs: { A: { type: 'string' } } }, { definitions: { A: { type: 'string' } } }],
  ['formats, which draft-07 validators reject when unknown', { type: 'string', format: 'binary' }, { type: 'string' }],
  ['annotations', { type: 'string', example: 'x', deprecated: true, 'x-note': 1 }, { type: 'string' }],
  ['lists of types', { type: ['string', 'null'] }, { type: ['string', 'null'] }],
  [
    'properties that are named like keywords',
    { properties: { format: { type: 'string' } } },
    { properties: { format: { type: 'string' } } },
  ],
])('draft07() converts %s', (_, source, target) => {
  expect(convert(source)).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#', allOf: [target] })
  expect((convert(source)['allOf'] as Schema[])[0]).toEqual(target)
})

test('draft07() keeps the siblings of a reference, which draft-07 would ignore', () => {
  const converted = convert({ $ref: '#/components/schemas/A', minLength: 2 }, { A: { type: 'string' } })
  expect(converted['allOf']).toEqual([{ allOf: [{ $ref: '#/definitions/A' }, { minLength: 2 }] }])
  expect(converted['definitions']).toEqual({ A: { type: 'string' } })
})

test('draft07() terminates on a recursive schema', () => {
  const tree = { type: 'object', properties: { child: { $ref: '#/components/schemas/Tree' } } }
  expect(convert({ $ref: '#/components/schemas/Tree' }, { Tree: tree })['definitions']).toEqual({
    Tree: { type: 'object', properties: { child: { $ref: '#/definitions/Tree' } } },
  })
})

test.each(['unevaluatedProperties', 'unevaluatedItems', 'minContains', 'maxContains', '$dynamicRef', 'misspelt'])(
  'draft07() refuses %s instead of dropping it',
  (keyword) => {
    expect(() => convert({ [keyword]: false })).toThrow(`the schema keyword '${keyword}' has no equivalent in draft-07`)
  },
)
