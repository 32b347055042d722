import type { OpenAPI } from '@livepeer-ai/openapi'

/** Returns a description with this number of collections, which have three operations each. */
export function makeLargeDescription(collections: number): OpenAPI {
  const numbers = Array.from({ length: collections }, (_, index) => index + 1)
  return {
    openapi: '3.1.0',
    info: { title: 'Warehouse', version: '1' },
    security: [{ key: [] }],
    paths: Object.fromEntries(numbers.flatMap(makePaths)),
    components: {
      securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-API-Key' } },
      schemas: {
        ...Object.fromEntries(numbers.map((number) => [`Item${number}`, makeItem(number)])),
        Problem: problem,
      },
    },
  }
}

const problem = {
  type: 'object',
  required: ['title'],
  properties: { title: { type: 'string' }, status: { type: 'integer' } },
}

const makeItem = (number: number) => ({
  type: 'object',
  required: ['name', 'size'],
  properties: {
    id: { type: 'string', format: 'uuid', readOnly: true },
    name: { type: 'string', minLength: 1, maxLength: 20 + number },
    size: { type: 'integer', minimum: 0, maximum: 100 * number },
    color: { type: 'string', enum: ['red', 'green', `shade ${number}`] },
    parts: { type: 'array', maxItems: 3, items: { type: 'string' } },
  },
})

function makePaths(number: number): [string, object][] {
  const json = (schema: object) => ({ content: { 'application/json': { schema } } })
  const item = { $ref: `#/components/schemas/Item${number}` }
  const error = { description: 'wrong', ...json({ $ref: '#/components/schemas/Problem' }) }
  const errors = { 400: error, 401: error, 404: error, 422: error }
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }
  const limit = { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 50, default: 10 } }
  const all = { description: 'all', ...json({ type: 'array', items: item }) }
  return [
    [
      `/collection-${number}`,
      {
        get: { operationId: `list${number}`, parameters: [limit], responses: { 200: all, ...errors } },
        post: {
          operationId: `create${number}`,
          requestBody: { required: true, ...json(item) },
          responses: { 201: { description: 'created', ...json(item) }, ...errors },
        },
      },
    ],
    [
      `/collection-${number}/{id}`,
      {
        get: {
          operationId: `read${number}`,
          parameters: [id],
          responses: { 200: { description: 'one', ...json(item) }, ...errors },
        },
      },
    ],
  ]
}
