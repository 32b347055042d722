import { readFile } from 'node:fs/promises'
import { resolveReference, valueAt, type OpenAPI, type OperationObject } from '@livepeer-ai/openapi'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { specFile } from '../generate/outputs.ts'
import { isMatch, readAdditions } from './additions.ts'
import { bundle } from './bundle.ts'

/** Everything else must be equal. */
const additions = await readAdditions()

/** Prose is for people; the contract has its own. */
const prose = new Set(['title', 'description', 'summary'])

const published = parse(
  await readFile(new URL('../../spec/upstream/audio-to-text.yaml', import.meta.url), 'utf8'),
) as OpenAPI

test('the contract equals the published document in its machine-readable parts', async () => {
  expect(changes(published, inlineResponses(await bundle(specFile)))).toEqual([])
})

const schemas = '/components/schemas'
const responses = '/paths/~1audio-to-text/post/responses'

test.each([
  ['a property that is no longer required', `${schemas}/TextResponse/required`, ['text'], 'changed'],
  ['a removed field', `${schemas}/Chunk/properties/timestamp`, undefined, 'removed'],
  ['a new field', `${schemas}/Chunk/properties/speaker`, { type: 'string' }, 'added'],
  ['another default', `${schemas}/Body_genAudioToText/properties/return_timestamps/default`, 'word', 'changed'],
  ['another format', `${schemas}/Body_genAudioToText/properties/audio/format`, 'byte', 'changed'],
  ['a tightened schema', `${schemas}/HTTPValidationError/required`, ['detail'], 'added'],
  ['a removed status', `${responses}/413`, undefined, 'removed'],
  ['a new status', `${responses}/418`, { description: 'A teapot' }, 'added'],
  ['another server', '/servers/0/url', 'https://gateway.example', 'changed'],
])('the comparison names %s', async (_, pointer, value, difference) => {
  const contract = inlineResponses(await bundle(specFile))
  set(contract, pointer, value)
  expect(changes(published, contract)).toEqual([`${difference} ${pointer}`])
})

/** Returns the machine-readable differences apart from the listed additions. */
function changes(before: unknown, after: unknown, pointer = ''): string[] {
  if (Array.isArray(before) && pointer.endsWith('/required')) {
    const same =
      before.length === (after as string[]).length && before.every((name) => (after as string[]).includes(name))
    return same ? [] : [`changed ${pointer}`]
  }
  if (!isContainer(before) || !isContainer(after)) return before === after ? [] : [`changed ${pointer}`]
  const isMap = pointer.endsWith('/properties')
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => {
    const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (!(key in after)) return [`removed ${at}`]
    if (!(key in before)) return additions.some((addition) => isMatch(at, addition)) ? [] : [`added ${at}`]
    return prose.has(key) && !isMap && typeof before[key] === 'string' ? [] : changes(before[key], after[key], at)
  })
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** The published document has inline responses; the contract has components. */
function inlineResponses(contract: OpenAPI): OpenAPI {
  const { responses: inline } = valueAt(contract, '/paths/~1audio-to-text/post') as OperationObject & {
    responses: object
  }
  for (const [status, response] of Object.entries(inline))
    Object.assign(inline, { [status]: structuredClone(resolveReference(contract, response)) })
  return contract
}

function set(document: unknown, pointer: string, value: unknown): void {
  const [, parent = '', key = ''] = /^(.*)\/(.*?)$/.exec(pointer) ?? []
  const container = valueAt(document, parent) as Record<string, unknown>
  if (value === undefined) delete container[key]
  else container[key] = value
}
