import { expect, test } from 'vitest'
import { dereference } from './dereference.ts'

const document = (schemas: Record<string, unknown>) => ({
  openapi: '3.1.0',
  info: { title: 'sample', version: '1' },
  components: { schemas },
})

test('dereference() replaces references, and their siblings win', () => {
  const { components } = dereference(
    document({ A: { type: 'string', title: 'a' }, B: { items: { $ref: '#/components/schemas/A', title: 'b' } } }),
  )
  expect(components?.['schemas']?.['B']).toEqual({ items: { type: 'string', title: 'b' } })
})

test('dereference() keeps a recursive reference', () => {
  const { components } = dereference(
    document({ Tree: { properties: { child: { $ref: '#/components/schemas/Tree' } } } }),
  )
  const inner = { properties: { child: { $ref: '#/components/schemas/Tree' } } }
  expect(components?.['schemas']?.['Tree']).toEqual({ properties: { child: inner } })
})

test('dereference() names an unresolved reference', () => {
  expect(() => dereference(document({ A: { $ref: '#/components/schemas/Gone' } }))).toThrow(
    '#/components/schemas/Gone refers to nothing',
  )
})
