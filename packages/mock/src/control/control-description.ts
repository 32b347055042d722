import type { OpenAPI, Response, Schema } from '@livepeer-ai/openapi'
import type { Fault } from './fault.ts'

/** A longer time would pass at once: a timer has 31 bits. */
const number = { type: 'number', minimum: 0, maximum: 2 ** 30 }
const status = { type: 'integer', minimum: 200, maximum: 599 }
const when = {
  match: { $ref: '#/components/schemas/CallMatcher' },
  times: { type: 'integer', minimum: 1, default: 1, description: 'Number of calls that it applies to.' },
}

interface FaultProperties {
  required?: Record<string, Schema>
  optional?: Record<string, Schema>
}

const faults: Record<Fault['type'], FaultProperties> = {
  latency: { required: { ms: number }, optional: { jitterMs: number } },
  status: { required: { status }, optional: { retryAfter: { type: 'integer', minimum: 0 } } },
  reset: {},
  truncate: {},
  slow: { required: { bytesPerSecond: { type: 'number', minimum: 0.01 } } },
  'content-type': { required: { value: { type: 'string' } } },
  'malformed-json': {},
  empty: {},
}

function toFaultSchema(type: string, { required = {}, optional = {} }: FaultProperties): Schema {
  return {
    type: 'object',
    required: ['type', ...Object.keys(required)],
    additionalProperties: false,
    properties: { type: { const: type }, ...required, ...optional, ...when },
  }
}

const faultSchemas = Object.entries(faults).map(
  ([type, properties]) => [`Fault-${type}`, toFaultSchema(type, properties)] as const,
)

function problem(description: string, title: string, code: number): Response {
  const schema = { $ref: '#/components/schemas/Problem' }
  return {
    description,
    content: { 'application/problem+json': { schema, examples: { problem: { value: { title, status: code } } } } },
  }
}

const done: Response = { description: 'Done.' }
const notAcceptable = problem('Only JSON is available.', 'Not Acceptable', 406)
const refused = problem('The body does not fit its schema.', 'Unprocessable Entity', 422)
const body = (schema: string) => ({
  required: true,
  content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } },
})

/** The control API, for tests in any language. Served at `/__mock/openapi.json`. */
export const controlDescription: OpenAPI = {
  openapi: '3.1.0',
  info: {
    title: 'Control of the mock server',
    version: '1.0.0',
    description: 'Sets responses and faults of the mock server, and lists the calls it received.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/__mock', description: 'The mock server itself.' }],
  security: [],
  tags: [{ name: 'control', description: 'All operations.' }],
  paths: {
    '/calls': {
      get: {
        operationId: 'getCalls',
        summary: 'Get calls',
        description: 'The latest calls, oldest first.',
        tags: ['control'],
        responses: {
          200: {
            description: 'The calls.',
            content: {
              'application/json': {
                schema: { type: 'array', items: { type: 'object' } },
                examples: { none: { value: [] } },
              },
            },
          },
          406: notAcceptable,
        },
      },
    },
    '/responses': {
      post: {
        operationId: 'addResponse',
        summary: 'Add a response',
        description: 'Sets the response to the next calls.',
        tags: ['control'],
        requestBody: body('ScriptedResponse'),
        responses: { 204: done, 422: refused },
      },
    },
    '/faults': {
      post: {
        operationId: 'addFault',
        summary: 'Add a fault',
        description: 'Breaks the responses to the next calls.',
        tags: ['control'],
        requestBody: body('Fault'),
        responses: { 204: done, 422: refused },
      },
    },
    '/reset': {
      post: {
        operationId: 'reset',
        summary: 'Reset',
        description: 'Forgets all calls, responses and faults.',
        tags: ['control'],
        responses: { 204: done, 406: notAcceptable },
      },
    },
  },
  components: {
    schemas: {
      CallMatcher: {
        type: 'object',
        description: 'Conditions on a call. All of them must hold.',
        additionalProperties: false,
        properties: {
          operationId: { type: 'string' },
          method: { type: 'string' },
          path: { type: 'string' },
          fields: { type: 'object', additionalProperties: { type: 'string' } },
          filename: { type: 'string' },
        },
      },
      ScriptedResponse: {
        type: 'object',
        additionalProperties: false,
        properties: {
          status: { ...status, default: 200 },
          headers: { type: 'object', additionalProperties: { type: 'string' } },
          body: { description: 'Sent as JSON, unless it is a string.' },
          ...when,
        },
      },
      Fault: {
        type: 'object',
        required: ['type'],
        properties: { type: { type: 'string' } },
        discriminator: { propertyName: 'type' },
        oneOf: faultSchemas.map(([name]) => ({ $ref: `#/components/schemas/${name}` })),
      },
      ...Object.fromEntries(faultSchemas),
      Problem: {
        type: 'object',
        required: ['title', 'status'],
        properties: {
          type: { type: 'string' },
          title: { type: 'string' },
          status: { type: 'integer' },
          detail: { type: 'string' },
        },
      },
    },
  },
}
