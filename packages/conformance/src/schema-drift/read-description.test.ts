import { description } from '@livepeer-ai/openapi'
import { assert, constantFrom, property, nat } from 'fast-check'
import { expect, test } from 'vitest'
import { DescriptionError, readDescription } from './read-description.ts'

test('reads JSON and YAML', () => {
  expect(readDescription(JSON.stringify(description))).toEqual(description)
  expect(readDescription('openapi: 3.0.2\npaths: {}\n')).toEqual({ openapi: '3.0.2', paths: {} })
})

const growing = [
  'a: &a [1]',
  ...['ab', 'bc', 'cd', 'de', 'ef'].map(([from, to]) => `${to}: &${to} [${`*${from}, `.repeat(9)}]`),
].join('\n')

test.each([
  ['nothing', '', /`openapi: 3.…` is missing/],
  ['a page', '<!doctype html>\n<a b="c: d">', /^not an OpenAPI 3 description: /],
  ['Swagger 2', 'swagger: "2.0"\npaths: {}', /`openapi: 3.…` is missing/],
  ['a recording', 'RIFF\0\0WAVEfmt', /it is not text$/],
  ['no paths', 'openapi: 3.1.0', /`paths` is missing/],
  ['a path that is null', 'openapi: 3.1.0\npaths: { /a: null }', /null/],
  ['a reference to nothing', 'openapi: 3.1.0\npaths: { /a: { $ref: "#/b" } }', /#\/b refers to nothing/],
  ['YAML that grows', growing, /alias/],
])('rejects %s with one line', (_, text, message) => {
  expect(() => readDescription(text)).toThrow(DescriptionError)
  expect(() => readDescription(text)).toThrow(message)
})

test('rejects references that double at each step', () => {
  const schemas = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => {
      const next = { $ref: `#/components/schemas/s${index + 1}` }
      return [`s${index}`, { type: 'object', properties: { one: next, other: next } }]
    }),
  )
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/s0' } } }
  const bomb = {
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths: { '/a': { get: { responses: { '200': { description: '', content } } } } },
    components: { schemas: { ...schemas, s40: {} } },
  }
  expect(() => readDescription(JSON.stringify(bomb))).toThrow('too large once its references are followed')
})

test('reads or rejects a description with any value at any place', () => {
  const places: [parent: Record<string, unknown>, key: string][] = []
  const collect = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    for (const [key, child] of Object.entries(node)) {
      places.push([node as Record<string, unknown>, key])
      collect(child)
    }
  }
  const copy = structuredClone(description)
  collect(copy)
  const junk = constantFrom<unknown>(null, 1, '', 'x', [], [null], {}, { a: null }, true, { $ref: 5 }, { $ref: '#' })
  assert(
    property(nat(places.length - 1), junk, (index, value) => {
      const [parent, key] = places[index]!
      const before = parent[key]
      parent[key] = value
      try {
        readDescription(JSON.stringify(copy))
      } catch (error) {
        if (!(error instanceof DescriptionError)) throw error
      } finally {
        parent[key] = before
      }
    }),
    { numRuns: 120 },
  )
})
