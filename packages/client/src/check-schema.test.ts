import { successSchemas, type Schema } from '@livepeer-ai/openapi'
import { expect, test } from 'vitest'
import { violations } from './check-schema.ts'

const root = {
  components: {
    schemas: {
      Node: {
        type: 'object',
        required: ['id'],
        properties: { id: { type: 'integer' }, next: { $ref: '#/components/schemas/Node' } },
      },
    },
  },
}
const node = { $ref: '#/components/schemas/Node' }

test.each<[value: unknown, schema: Schema, problems: string[]]>([
  ['a', { type: 'string' }, []],
  [null, { type: 'string' }, ['it is null instead of string']],
  [null, { type: ['string', 'null'] }, []],
  [1.5, { type: 'integer' }, ['it is number instead of integer']],
  [2, { type: 'number' }, []],
  [[], { type: 'object' }, ['it is array instead of object']],
  ['c', { enum: ['a', 'b'] }, ['it is none of a, b']],
  [{ id: 1, next: { id: 2, next: { id: 'x' } } }, node, ['/next/next/id is string instead of integer']],
  [{ next: {} }, node, ['/id is missing', '/next/id is missing']],
  [{ id: 1, more: null }, node, []],
  [['a', 1], { type: 'array', items: { type: 'string' } }, ['/1 is number instead of string']],
  [['a', 1], { type: 'array', items: {} }, []],
  [{ a: 1 }, { additionalProperties: { type: 'string' } }, ['/a is number instead of string']],
  [{ a: 1 }, { allOf: [node, { required: ['b'] }] }, ['/id is missing', '/b is missing']],
  [1, { anyOf: [{ type: 'string' }, { type: 'integer' }] }, []],
  [true, { anyOf: [{ type: 'string' }, { type: 'integer' }] }, ['it fits no alternative']],
  [true, { oneOf: [{ type: 'string' }] }, ['it fits no alternative']],
])('violations() of %j under %j', (value, schema, problems) => {
  expect([...violations(value, schema, root)]).toEqual(problems)
})

test('the schemas of the contract refuse what is no transcript', () => {
  const schema = successSchemas.operations['genAudioToText']?.['200'] ?? {}
  const problems = (value: unknown) => [...violations(value, schema, successSchemas)]
  expect(problems({ text: '', chunks: [{ timestamp: [0, null], text: '' }], extra: 1 })).toEqual([])
  expect(problems({ text: 1, chunks: [{ timestamp: 0 }] })).toEqual([
    '/text is number instead of string',
    '/chunks/0/text is missing',
    '/chunks/0/timestamp is number instead of array',
  ])
})
