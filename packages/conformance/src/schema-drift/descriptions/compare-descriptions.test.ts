import { valueAt, type OpenAPI } from '@livepeer-ai/openapi'
import { describeGateway } from '@livepeer-ai/openapi/gateways'
import { expect, test } from 'vitest'
import type { DriftFinding } from '../../drift-finding.ts'
import { description, readFixture } from '../../testing/frozen-contract.ts'
import { compareDescriptions } from './compare-descriptions.ts'

const dereferenced = readFixture('contract-dereferenced')

const operation = '/paths/~1audio-to-text/post'
const body = '/components/schemas/Body_genAudioToText'
const told = ({ class: name, severity, pointer, status = '' }: DriftFinding) =>
  [severity, name, status, pointer.replace(operation, '')].join(' ')

/** Returns the contract with the value at a pointer replaced; undefined removes it. */
function withChange(pointer: string, value: unknown): OpenAPI {
  const copy = structuredClone(description)
  const at = pointer.lastIndexOf('/')
  const parent = valueAt(copy, pointer.slice(0, at)) as Record<string, unknown>
  const key = pointer.slice(at + 1).replaceAll('~1', '/')
  if (value === undefined) delete parent[key]
  else parent[key] = value
  return copy
}

test('the contract equals itself, with references and without', () => {
  expect(compareDescriptions(description, description)).toEqual([])
  expect(compareDescriptions(description, dereferenced)).toEqual([])
  expect(compareDescriptions(dereferenced, description)).toEqual([])
})

test.each(['fastapi-0.92', 'fastapi-0.142'])('ignores the spelling of %s', (name) => {
  const findings = compareDescriptions(description, readFixture(name))
  expect(findings.map(({ class: found, message }) => [found, message])).toEqual([
    ['operation-added', 'GET /health is not in the contract'],
    ['operation-added', 'GET /version is not in the contract'],
  ])
})

const form = '/requestBody/content/multipart~1form-data/schema'
const issue = '/responses/422/content/application~1json/schema/properties/detail/items'
const success = '/responses/200/content/application~1json/schema'
test.each<[string, string, unknown, string[]]>([
  ['an operation is missing', '/paths', {}, ['breaking operation-removed  ']],
  ['no token is required', `${operation}/security`, [], ['critical security-removed  /security']],
  [
    'the token is a query parameter',
    '/components/securitySchemes/HTTPBearer',
    { type: 'apiKey', in: 'query', name: 'key' },
    ['breaking security-changed  /security'],
  ],
  ['a scheme is spelled in capitals', '/components/securitySchemes/HTTPBearer/scheme', 'BEARER', []],
  [
    'a header is required',
    `${operation}/parameters`,
    [{ in: 'header', name: 'X-Job', required: true }],
    ['breaking request-property-became-required  /parameters'],
  ],
  [
    'a field is required',
    `${body}/required`,
    ['audio', 'model_id'],
    [`breaking request-property-became-required  ${form}/properties/model_id`],
  ],
  [
    'the recording is optional',
    `${body}/required`,
    [],
    [`info request-property-became-optional  ${form}/properties/audio`],
  ],
  [
    'a field is missing',
    `${body}/properties/metadata`,
    undefined,
    [`warning request-property-removed  ${form}/properties/metadata`],
  ],
  [
    'a field is new',
    `${body}/properties/language`,
    { type: 'string' },
    [`info request-property-added  ${form}/properties/language`],
  ],
  [
    'a default differs',
    `${body}/properties/return_timestamps/default`,
    'word',
    [`breaking request-default-changed  ${form}/properties/return_timestamps`],
  ],
  [
    'only some values are accepted',
    `${body}/properties/return_timestamps/enum`,
    ['true'],
    [`breaking request-enum-narrowed  ${form}/properties/return_timestamps`],
  ],
  [
    'a field is shorter',
    `${body}/properties/metadata/maxLength`,
    10,
    [`breaking request-limit-tightened  ${form}/properties/metadata`],
  ],
  [
    'a field is a number',
    `${body}/properties/metadata/type`,
    'integer',
    [`breaking request-type-changed  ${form}/properties/metadata`],
  ],
  [
    'a field can be null',
    `${body}/properties/metadata/type`,
    ['string', 'null'],
    [`info request-type-widened  ${form}/properties/metadata`],
  ],
  [
    'the body is JSON',
    '/paths/~1audio-to-text/post/requestBody/content',
    { 'application/json': {} },
    [
      'breaking request-media-type-removed  /requestBody/content/multipart~1form-data',
      'info request-media-type-added  /requestBody/content/application~1json',
    ],
  ],
  ['a status is missing', `${operation}/responses/413`, undefined, ['info error-status-removed 413 /responses/413']],
  [
    'success is another status',
    `${operation}/responses`,
    { '202': { description: '' } },
    [
      'breaking success-status-removed 200 /responses/200',
      ...['400', '401', '413', '415', '422', '500'].map(
        (status) => `info error-status-removed ${status} /responses/${status}`,
      ),
      'warning undocumented-success-status 202 /responses/202',
    ],
  ],
  [
    'a status is new',
    `${operation}/responses/503`,
    { description: 'No.' },
    ['breaking undocumented-error-status 503 /responses/503'],
  ],
  [
    'the answer is text',
    '/components/responses/Transcript/content',
    { 'text/plain': {} },
    ['breaking response-media-type-changed 200 /responses/200/content'],
  ],
  [
    'the answer may be text',
    '/components/responses/Transcript/content/text~1vtt',
    {},
    ['additive response-media-type-added 200 /responses/200/content/text~1vtt'],
  ],
  [
    'chunks may be missing',
    '/components/schemas/TextResponse/required',
    ['text'],
    [`breaking response-required-property-missing 200 ${success}/properties/chunks`],
  ],
  [
    'chunks may be null',
    '/components/schemas/TextResponse/properties/chunks/type',
    ['array', 'null'],
    [`breaking response-became-nullable 200 ${success}/properties/chunks`],
  ],
  [
    'the text is a number',
    '/components/schemas/TextResponse/properties/text/type',
    'number',
    [`breaking response-type-changed 200 ${success}/properties/text`],
  ],
  [
    'there is a language',
    '/components/schemas/TextResponse/properties/language',
    { type: 'string' },
    [`additive response-undocumented-property 200 ${success}/properties/language`],
  ],
  [
    'times are numbers',
    '/components/schemas/Chunk/properties/timestamp/items',
    { type: 'number' },
    [`info response-type-specialized 200 ${success}/properties/chunks/items/properties/timestamp/items`],
  ],
  [
    'an error may be a string',
    '/components/schemas/APIError',
    { anyOf: [{ type: 'string' }, { type: 'object', required: ['msg'], properties: { msg: { type: 'string' } } }] },
    ['breaking error-envelope-changed 400, 401, 413, 415, 500 /responses'],
  ],
  [
    'a location has only strings',
    '/components/schemas/ValidationError/properties/loc/items',
    { type: 'string' },
    [`info response-type-specialized 422 ${issue}/properties/loc/items`],
  ],
  [
    'a location can have booleans',
    '/components/schemas/ValidationError/properties/loc/items',
    { type: ['string', 'boolean'] },
    [`breaking response-type-changed 422 ${issue}/properties/loc/items`],
  ],
  [
    'a field has two alternatives',
    `${body}/properties/metadata`,
    {
      anyOf: [
        { type: 'string', default: '{}', maxLength: 9 },
        { type: 'integer', default: '{}' },
      ],
    },
    [`breaking request-limit-tightened  ${form}/properties/metadata`],
  ],
  [
    'an unknown keyword differs',
    '/components/schemas/TextResponse/patternProperties',
    { a: {} },
    [`warning response-schema-changed 200 ${success}`],
  ],
  ['a title differs', '/components/schemas/TextResponse/title', 'Text', []],
])('%s', (_, pointer, value, expected) => {
  const theirs = withChange(pointer, value)
  const findings = compareDescriptions(description, theirs)
  expect(findings.map(told)).toEqual(expected)
  const again = compareDescriptions(dereferenced, theirs)
  expect(again.map(({ fingerprint }) => fingerprint)).toEqual(findings.map(({ fingerprint }) => fingerprint))
})

test('another error envelope is one difference for all statuses', () => {
  const theirs = withChange('/components/schemas/HTTPError', {
    type: 'object',
    properties: { error: { type: 'object', properties: { message: { type: 'string' } } } },
  })
  const [finding, ...others] = compareDescriptions(description, theirs)
  expect(others).toEqual([])
  expect(finding).toMatchObject({
    class: 'error-envelope-changed',
    status: '400, 401, 413, 415, 500',
    message: 'errors are {error:{message:string}} instead of {detail:{msg:string}}',
  })
  const fewer = structuredClone(theirs)
  Reflect.deleteProperty(valueAt(fewer, `${operation}/responses`) as object, '413')
  const envelope = compareDescriptions(description, fewer).find(({ class: name }) => name === finding!.class)
  expect(envelope!.fingerprint).toBe(finding!.fingerprint)
})

test('each finding has its own fingerprint', async () => {
  const findings = compareDescriptions(description, await describeGateway('livepeer-studio'))
  expect(findings.length).toBeGreaterThan(8)
  expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(findings.length)
})
