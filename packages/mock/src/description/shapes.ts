import { methods } from '@livepeer-ai/openapi'

/** The structure of a part of a description, without its schemas and examples. */
export type Shape =
  | { type: 'any' }
  | { type: 'string' }
  | { type: 'array'; items: Shape }
  | { type: 'map'; values: Shape; keys?: RegExp }
  /** `instead` replaces a reference that leads nowhere; default: the part is left out. */
  | { type: 'object'; fields: Record<string, Shape>; required?: string[]; instead?: object }

const any: Shape = { type: 'any' }
const text: Shape = { type: 'string' }
const object: Shape = { type: 'object', fields: {} }

const array = (items: Shape): Shape => ({ type: 'array', items })
const map = (values: Shape, keys?: RegExp): Shape => ({ type: 'map', values, ...(keys && { keys }) })

const content = map({
  type: 'object',
  fields: { schema: any, examples: map(object), encoding: map(object) },
})
const headers = map({ type: 'object', fields: { examples: map(object), content } })
const parameters = array({
  type: 'object',
  fields: { name: text, in: text, content, examples: map(object) },
  required: ['name', 'in'],
})
const servers = array({ type: 'object', fields: { url: text, variables: map(object) }, required: ['url'] })
const security = array(map(array(any)))

const operation: Shape = {
  type: 'object',
  fields: {
    operationId: text,
    tags: array(text),
    parameters,
    requestBody: { type: 'object', fields: { content }, required: ['content'] },
    responses: map({ type: 'object', fields: { headers, content }, instead: { description: '' } }),
    security,
    servers,
    callbacks: map(object),
  },
}

export const descriptionShape: Shape = {
  type: 'object',
  fields: {
    paths: map(
      {
        type: 'object',
        fields: { parameters, servers, ...Object.fromEntries(methods.map((method) => [method, operation])) },
      },
      /^\//,
    ),
    servers,
    security,
    components: { type: 'object', fields: { securitySchemes: map(object) } },
  },
}
