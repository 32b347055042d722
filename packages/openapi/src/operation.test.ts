import { expect, expectTypeOf, test } from 'vitest'
import {
  description,
  listOperations,
  operationTable,
  resolveReference,
  valueAt,
  type components,
  type OpenAPI,
} from './index.ts'

// Generators take their names from either.
test('schemas have the titles of their components', () => {
  const schemas = Object.entries(description.components?.['schemas'] ?? {}) as [string, { title: string }][]
  expect(schemas.map(([, { title }]) => title)).toEqual(schemas.map(([name]) => name))
})

test('listOperations() returns the generated table', () => {
  expect(listOperations(description)).toEqual(operationTable)
})

test('listOperations() reads references, inherited security and operations without a name', () => {
  const sample: OpenAPI = {
    openapi: '3.1.0',
    info: { title: 'sample', version: '1' },
    security: [{ Token: [] }],
    paths: { '/a/{id}': { $ref: '#/components/pathItems/A' } },
    components: {
      pathItems: {
        A: {
          get: { responses: { default: { $ref: '#/components/responses/Error' } } },
          put: { operationId: 'put', security: [], requestBody: { content: { 'text/plain': {} } } },
        },
      },
      responses: { Error: { description: '', content: { 'application/json': {} } } },
    },
  }
  expect(listOperations(sample)).toEqual([
    {
      operationId: 'GET /a/{id}',
      method: 'GET',
      path: '/a/{id}',
      responses: { default: ['application/json'] },
      security: [['Token']],
    },
    {
      operationId: 'put',
      method: 'PUT',
      path: '/a/{id}',
      requestBody: { required: false, mediaTypes: ['text/plain'] },
      responses: {},
      security: [],
    },
  ])
})

test('resolveReference() names an unresolved or circular reference', () => {
  const sample: OpenAPI = {
    openapi: '3.1.0',
    info: { title: '', version: '' },
    components: { schemas: { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } } },
  }
  expect(() => resolveReference(sample, { $ref: '#/nowhere' })).toThrow(
    '#/nowhere refers to nothing in the description',
  )
  expect(() => resolveReference(sample, { $ref: 'other.yaml' })).toThrow('other.yaml refers to nothing')
  expect(() => resolveReference(sample, { $ref: '#/components/schemas/A' })).toThrow(
    '#/components/schemas/A refers to itself',
  )
})

test('valueAt() follows the escapes of a JSON Pointer', () => {
  expect(valueAt({ 'a/b': { '~': [1, 2] } }, '/a~1b/~0/1')).toBe(2)
  expect(valueAt({}, '/a/b')).toBeUndefined()
})

test('types have Blob for binary parts, and are optional for defaults', () => {
  type Request = components['schemas']['Body_genAudioToText']
  expectTypeOf<Request['audio']>().toEqualTypeOf<Blob | File>()
  expectTypeOf<{ audio: Blob }>().toExtend<Request>()
  expectTypeOf<{ model_id: string }>().not.toExtend<Request>()
  expectTypeOf<{ text: string }>().not.toExtend<components['schemas']['TextResponse']>()
})
