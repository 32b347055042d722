import type { OpenAPI } from '@livepeer-ai/openapi'
import { expect, test } from 'vitest'
import { keepUsed } from './keep-used.ts'

const uses = (name: string) => ({ $ref: `#/components/responses/${name}` })
const description = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things': {
      get: { operationId: 'listThings', responses: { '200': uses('Things') }, security: [{ key: [] }] },
      post: { operationId: 'addThing', responses: { '201': uses('Added') } },
    },
    '/others': { get: { operationId: 'listOthers', responses: { '200': uses('Added') } } },
  },
  components: {
    responses: {
      Things: { description: '', content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } },
      Added: { description: '' },
    },
    schemas: { Thing: { properties: { parent: { $ref: '#/components/schemas/Thing' } } }, Unused: {} },
    securitySchemes: { key: { type: 'apiKey' }, unused: { type: 'http' } },
    examples: { unused: {} },
  },
} satisfies OpenAPI

test('keepUsed() leaves out components that no operation uses', () => {
  const { schemas, responses, securitySchemes } = description.components
  expect(keepUsed(description)).toEqual({
    ...description,
    components: { responses, schemas: { Thing: schemas.Thing }, securitySchemes: { key: securitySchemes.key } },
  })
})

test('keepUsed() leaves out other operations, their components, and paths without an operation', () => {
  const { get } = description.paths['/things']
  const { schemas, responses, securitySchemes } = description.components
  expect(keepUsed(description, ['listThings'])).toEqual({
    ...description,
    paths: { '/things': { get } },
    components: {
      responses: { Things: responses.Things },
      schemas: { Thing: schemas.Thing },
      securitySchemes: { key: securitySchemes.key },
    },
  })
  expect(Object.keys(description.paths)).toEqual(['/things', '/others'])
})
