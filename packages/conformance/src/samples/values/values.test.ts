import type { OpenAPI } from '@livepeer-ai/openapi'
import { expect, test } from 'vitest'
import { createSchemaJudge } from '../../judge/schema-judge.ts'
import { formats } from './formats.ts'
import { fromPattern } from './from-pattern.ts'
import { generateValue } from './generate-value.ts'
import { listAlternatives, listViolations, toEdge } from './vary-value.ts'

const description: OpenAPI = {
  openapi: '3.1.0',
  info: { title: 'test', version: '1' },
  components: {
    schemas: { Node: { type: 'object', properties: { next: { $ref: '#/components/schemas/Node' } } } },
  },
}
const judge = createSchemaJudge(true)
const options = { description }

const schemas: Record<string, unknown>[] = [
  { type: 'integer', minimum: 3, maximum: 9 },
  { type: 'number', exclusiveMinimum: 0, maximum: 1 },
  { type: 'integer', multipleOf: 5, minimum: 7 },
  { type: 'string', minLength: 4, maxLength: 6 },
  { type: 'string', pattern: '^[A-Z]{2}-\\d{4}$' },
  { type: ['string', 'null'], enum: ['one', 'two', null] },
  { type: 'array', items: { type: 'string' }, minItems: 2, maxItems: 3, uniqueItems: true },
  { oneOf: [{ type: 'object', required: ['a'], properties: { a: { const: 1 } } }, { type: 'null' }] },
  {
    allOf: [
      { type: 'object', required: ['id'], properties: { id: { type: 'string', format: 'uuid' } } },
      { properties: { at: { type: 'string', format: 'date-time' } } },
    ],
  },
  {
    type: 'object',
    additionalProperties: false,
    required: ['name', 'inner'],
    properties: {
      name: { type: 'string', minLength: 1 },
      inner: { type: 'object', required: ['x'], properties: { x: { type: 'boolean' } } },
    },
  },
]

test.for(schemas)('a generated value fits %j, and no violation does', (schema) => {
  const value = generateValue(schema, options)
  expect(judge(schema, value)).toEqual([])
  for (const end of ['low', 'high'] as const) expect(judge(schema, toEdge(description, schema, value, end))).toEqual([])
  for (const other of listAlternatives(description, schema, value)) expect(judge(schema, other.value)).toEqual([])
  const violations = listViolations(description, schema, value)
  expect(violations.length).toBeGreaterThan(0)
  for (const one of violations) expect([one.words, judge(schema, one.value)]).not.toEqual([one.words, []])
})

test('a recursive schema ends', () => {
  const value = generateValue({ $ref: '#/components/schemas/Node' }, options)
  expect(JSON.stringify(value).length).toBeLessThan(100)
})

test.for(Object.entries(formats))('the values of %s fit their format', ([, { valid, invalid, pattern }]) => {
  for (const number of [0, 1, 7, 1000]) expect(valid(number)).toMatch(pattern)
  expect(invalid).not.toMatch(pattern)
})

test.for([
  '^file_[0-9a-f]{8}$',
  '^\\+?[1-9]\\d{5,14}$',
  '^(?:a|b)c*[^x-z]$',
  '^[A-Za-z0-9._%+-]+@example\\.com$',
  '^#?([a-f0-9]{6}|[a-f0-9]{3})$',
])('makes different texts for %s', (pattern) => {
  const texts = [0, 1, 12_345].map((number) => fromPattern(pattern, number))
  for (const text of texts) expect(text).toMatch(new RegExp(pattern, 'u'))
})

test('knows no text for a pattern with a look-ahead', () => {
  expect(fromPattern('^(?=.*x)y$')).toBeUndefined()
})
