import type { OpenAPI } from '@livepeer-ai/openapi'
import { expect, test } from 'vitest'
import { callTable } from './call-table.ts'

test('callTable() distinguishes forms from JSON, and JSON responses from others', () => {
  const description: OpenAPI = {
    openapi: '3.1.0',
    info: { title: 'Jobs', version: '1' },
    paths: {
      '/jobs': {
        get: {
          operationId: 'listJobs',
          responses: {
            '200': {
              description: '',
              content: {
                'application/hal+json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Job' } } },
              },
            },
            '400': { description: '', content: { 'application/json': {} } },
          },
        },
        post: {
          requestBody: {
            content: {
              'multipart/form-data': {
                schema: {
                  type: 'object',
                  properties: {
                    recording: { type: 'string', format: 'binary' },
                    pages: {
                      type: 'array',
                      items: { anyOf: [{ type: 'string', format: 'binary' }, { type: 'null' }] },
                    },
                    title: { type: 'string' },
                  },
                },
              },
            },
          },
          responses: {
            '201': { description: '', content: { 'audio/wav': {} } },
            '204': { $ref: '#/components/responses/Empty' },
          },
        },
      },
    },
    components: {
      responses: { Empty: { description: '' } },
      schemas: {
        Job: {
          title: 'Job',
          allOf: [{ $ref: '#/components/schemas/Named' }],
          type: 'object',
          required: ['id'],
          properties: {
            id: { type: 'integer', minimum: 1 },
            title: { type: ['string', 'null'], maxLength: 9 },
            parent: { $ref: '#/components/schemas/Job' },
            place: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
            any: {},
          },
        },
        Named: {
          type: 'object',
          required: ['name'],
          properties: {
            name: {
              oneOf: [
                { type: 'string', pattern: 'x' },
                { type: 'array', items: {} },
              ],
            },
          },
        },
      },
    },
  }
  const name = { type: ['string', 'array'] }
  expect(callTable(description)).toEqual({
    'GET /jobs': {
      operationId: 'listJobs',
      files: undefined,
      success: {
        200: {
          type: ['array'],
          items: {
            type: ['object'],
            required: ['id', 'name'],
            properties: {
              id: { type: ['number'] },
              title: { type: ['string', 'null'] },
              parent: {},
              place: { type: ['object', 'null'], required: ['name'], properties: { name } },
              any: {},
              name,
            },
          },
        },
      },
    },
    'POST /jobs': { operationId: 'POST /jobs', files: ['recording', 'pages'], success: { 201: null, 204: null } },
  })
})
