import { expect, test } from 'vitest'
import type { OpenAPI } from './openapi.ts'
import { sliceDescription } from './slice-description.ts'

const description = {
  openapi: '3.1.0',
  info: { title: 'sample', version: '1' },
  paths: {
    '/a': {
      get: { responses: { '200': { $ref: '#/components/responses/Ok' } } },
      put: { parameters: [{ $ref: '#/components/parameters/P' }], responses: {} },
    },
    '/b': { get: { parameters: [{ $ref: '#/paths/~1a/put/parameters/0' }], 'x-more': { $ref: 'none.yaml' } } },
    '/c': { get: { responses: { default: { $ref: '#/components/responses/Ok/content' } }, parameters: [] } },
  },
  components: {
    parameters: { P: { name: 'p', in: 'query', schema: { $ref: '#/components/schemas/Tree' } }, Unused: {} },
    responses: {
      Ok: { description: '', content: { 'application/json': { schema: { $ref: '#/components/schemas/Tree' } } } },
    },
    schemas: {
      Tree: {
        properties: { example: { $ref: '#/components/schemas/Tree' }, value: { $ref: '#/components/schemas/Loop' } },
      },
      Loop: { $ref: '#/components/schemas/Loop' },
      Unused: {},
    },
  },
} as unknown as OpenAPI

const take = (path: string, method: string) => {
  const operation = (description.paths as Record<string, Record<string, unknown>>)[path]?.[method]
  const broken: unknown[] = []
  const slice = sliceDescription(description, { paths: { [path]: { [method]: operation } } }, (one) => broken.push(one))
  return { slice, broken }
}

test('sliceDescription() adds only what the part refers to, and reports a loop', () => {
  const { slice, broken } = take('/a', 'get')
  const { Tree, Loop } = description.components?.['schemas'] ?? {}
  expect(slice).toEqual({
    paths: { '/a': { get: { responses: { '200': { $ref: '#/components/responses/Ok' } } } } },
    components: { responses: description.components?.['responses'], schemas: { Tree, Loop } },
  })
  // A property named "example" or "value" is not an example.
  expect(broken).toEqual([
    { pointer: '/components/schemas/Loop', $ref: '#/components/schemas/Loop' },
    { pointer: '/components/schemas/Tree/properties/value', $ref: '#/components/schemas/Loop' },
  ])
})

test('sliceDescription() follows a reference into another operation, and ignores extensions', () => {
  const { slice, broken } = take('/b', 'get')
  expect(slice.paths).toMatchObject({ '/a': { put: { parameters: [{ $ref: '#/components/parameters/P' }] } } })
  expect(slice.paths).not.toHaveProperty(['/a', 'get'])
  expect(slice).toHaveProperty('components.parameters.P')
  expect(broken).not.toContainEqual(expect.objectContaining({ $ref: 'none.yaml' }))
})
