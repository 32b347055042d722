import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { description, type OpenAPI } from '@livepeer-ai/openapi'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { specFile } from '../generate/outputs.ts'
import { redocly } from '../spec/redocly.ts'
import { SpecError } from '../spec/spec-error.ts'
import { applyOverlay } from './apply-overlay.ts'
import { findOverlays, readOverlay, type Action, type Overlay } from './overlay.ts'

const sample = {
  openapi: '3.1.0',
  info: { title: 'Sample', version: '1' },
  tags: [{ name: 'a' }, { name: 'b', description: 'old' }, { name: 'c', description: 'old' }],
  paths: {
    '/things/{id}': {
      get: { operationId: 'getThing', responses: { '200': { description: 'a' }, '404': { description: 'b' } } },
    },
    '/things': { post: { operationId: 'addThing', responses: { '200': { description: 'c' } } } },
  },
  components: { schemas: { Thing: { type: 'object', required: ['a'] } } },
} satisfies OpenAPI

const overlay = (...actions: Action[]): Overlay => ({
  file: 'sample.overlay.yaml',
  name: 'sample',
  actions,
  gateway: undefined,
  deviations: [],
  locate: () => 'sample.overlay.yaml:7:5',
})

type Expected = (document: typeof sample) => void

/** The rules of Overlay 1.0, shown on one document. */
const rules: [string, Action[], Expected][] = [
  [
    'merges an object',
    [{ target: '$.info', update: { title: 'New', summary: 'more' } }],
    (document) => Object.assign(document.info, { title: 'New', summary: 'more' }),
  ],
  [
    'merges objects within objects',
    [{ target: '$', update: { components: { schemas: { Other: {} } } } }],
    (document) => Object.assign(document.components.schemas, { Other: {} }),
  ],
  [
    'appends to an array',
    [{ target: '$.tags', update: { name: 'd' } }],
    (document) => document.tags.push({ name: 'd' }),
  ],
  [
    'appends a value to an array',
    [{ target: '$.components.schemas.Thing.required', update: 'b' }],
    (document) => document.components.schemas.Thing.required.push('b'),
  ],
  [
    'appends arrays within objects',
    [{ target: '$.components.schemas.Thing', update: { required: ['b'] } }],
    (document) => document.components.schemas.Thing.required.push('b'),
  ],
  [
    'updates everything that the target selects',
    [{ target: '$.paths.*.*.responses', update: { '500': { description: 'x' } } }],
    (document) => {
      Object.assign(document.paths['/things'].post.responses, { '500': { description: 'x' } })
      Object.assign(document.paths['/things/{id}'].get.responses, { '500': { description: 'x' } })
    },
  ],
  [
    'removes a property',
    [{ target: "$.paths['/things/{id}'].get.responses['404']", remove: true }],
    (document) => Reflect.deleteProperty(document.paths['/things/{id}'].get.responses, '404'),
  ],
  [
    'removes neighbouring items',
    [{ target: "$.tags[?@.description == 'old']", remove: true }],
    (document) => document.tags.splice(1),
  ],
  [
    'removes several names at once',
    [{ target: "$.paths['/things', '/things/{id}']", remove: true }],
    (document) => Object.assign(document, { paths: {} }),
  ],
  [
    'removes where a regular expression matches',
    [{ target: "$.paths.*[?match(@.operationId, 'get.*')]", remove: true }],
    (document) => Reflect.deleteProperty(document.paths['/things/{id}'], 'get'),
  ],
  [
    'applies one action to what the one before has made',
    [
      { target: '$.info', update: { contact: {} } },
      { target: '$.info.contact', update: { name: 'me' } },
    ],
    (document) => Object.assign(document.info, { contact: { name: 'me' } }),
  ],
  [
    'removes rather than updates',
    [{ target: '$.tags', update: { name: 'd' }, remove: true }],
    (document) => Reflect.deleteProperty(document, 'tags'),
  ],
]

test.each(rules)('applyOverlay() %s', (_, actions, expected) => {
  const document = structuredClone(sample)
  expected(document)
  expect(applyOverlay(overlay(...actions), sample).result).toEqual(document)
})

test('applyOverlay() changes neither the description nor the overlay', () => {
  const [before, action] = [
    structuredClone(sample),
    { target: '$.paths.*.*.responses', update: { '500': { description: 'x' } } },
  ]
  const { result } = applyOverlay(
    overlay(action, { target: "$.paths['/things'].post.responses['500']", update: { description: 'y' } }),
    sample,
  )
  expect(sample).toEqual(before)
  expect(action.update).toEqual({ '500': { description: 'x' } })
  expect(result.paths?.['/things/{id}']).toHaveProperty('get.responses.500.description', 'x')
})

test('applyOverlay() lists the places that each action changed', () => {
  const actions = [
    { target: '$.tags[?@.name != "a"]', remove: true },
    { target: '$.tags', update: { name: 'd' } },
    { target: '$.paths.*.*.responses', update: { '500': {}, '503': {} } },
  ]
  expect(applyOverlay(overlay(...actions), sample).touched).toEqual([
    ['/tags/1', '/tags/2'],
    ['/tags'],
    ['/things~1{id}/get', '/things/post'].flatMap((path) => [
      `/paths/~1${path.slice(1)}/responses/500`,
      `/paths/~1${path.slice(1)}/responses/503`,
    ]),
  ])
})

const at = 'sample.overlay.yaml:7:5  actions[1]'

test.each<[Action, string]>([
  [{ target: '$.nothing', remove: true }, `${at} $.nothing: matches nothing in the description`],
  [
    { target: '$.tags[?@.name == "z"]', update: {} },
    `${at} $.tags[?@.name == "z"]: matches nothing in the description`,
  ],
  [{ target: '$.tags[', remove: true }, `${at} $.tags[: is not JSONPath (RFC 9535): `],
  [{ target: 'tags', remove: true }, `${at} tags: is not JSONPath (RFC 9535): `],
  [{ target: '$', remove: true }, `${at} $: removes the whole description`],
  [{ target: '$.info' }, `${at} $.info: neither updates nor removes`],
  [
    { target: '$.info.title', update: 'x' },
    `${at} $.info.title: updates a string with a string; an object takes an object, an array takes an item`,
  ],
  [
    { target: '$.info', update: ['x'] },
    `${at} $.info: updates an object with an array; an object takes an object, an array takes an item`,
  ],
])('applyOverlay() rejects %j', (action, message) => {
  const apply = () => applyOverlay(overlay({ target: '$.info', update: {} }, action), sample)
  expect(apply).toThrow(SpecError)
  expect(apply).toThrow(message)
})

// Redocly applies overlays, too, but ignores actions without a match and does not report matches.
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apply-overlay-'))
})
afterAll(() => rm(folder, { recursive: true }))

const own = await findOverlays(specFile)

test.each([...own.gateways, ...own.strict])(
  'applyOverlay() makes of the contract what Redocly makes of it: %s',
  async (file) => {
    const { result } = applyOverlay(await readOverlay(file), description)
    expect(result).toEqual(await applyByRedocly(description, file))
  },
)

test.each(rules)('applyOverlay() %s, as Redocly does', async (_, actions) => {
  const file = join(folder, 'rule.overlay.yaml')
  await writeFile(file, stringify({ overlay: '1.0.0', info: { title: 'rule', version: '1' }, actions }))
  expect(applyOverlay(overlay(...actions), sample).result).toEqual(await applyByRedocly(sample, file))
})

async function applyByRedocly(document: OpenAPI, overlayFile: string): Promise<unknown> {
  const file = join(folder, 'openapi.json')
  await writeFile(file, JSON.stringify(document))
  const { ok, stdout, stderr } = await redocly(['bundle', file, '--overlay', overlayFile, '--ext=json'])
  if (!ok) throw new Error(stderr)
  return JSON.parse(stdout)
}
