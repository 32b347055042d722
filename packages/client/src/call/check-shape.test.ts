import type { Shape } from '@livepeer-ai/openapi'
import { callTable } from '@livepeer-ai/openapi/call-table'
import { expect, test } from 'vitest'
import { findDifference } from './check-shape.ts'

const node = { type: ['object'], required: ['id'], properties: { id: { type: ['number'] } } }

test.each<[value: unknown, shape: Shape, words: string | undefined]>([
  ['a', { type: ['string'] }, undefined],
  [null, { type: ['string'] }, 'it is null, not string'],
  [null, { type: ['string', 'null'] }, undefined],
  [1, { type: ['string', 'null'] }, 'it is number, not string or null'],
  [[], { type: ['object'] }, 'it is array, not object'],
  [{}, { type: ['array'] }, 'it is object, not array'],
  [{ next: { id: 'x' } }, { properties: { next: node } }, 'it/next/id is string, not number'],
  [{}, node, 'it/id is missing'],
  [{ id: 1, more: null }, node, undefined],
  [['a', 1], { items: { type: ['string'] } }, 'it/1 is number, not string'],
  [['a', 1], {}, undefined],
])('findDifference() between %j and %j', (value, shape, words) => {
  expect(findDifference(value, shape)).toBe(words)
})

test.each([
  [{ text: '', chunks: [{ timestamp: [0, null], text: '' }], extra: 1 }, undefined],
  [{ text: '', chunks: [{ timestamp: 0, text: '' }] }, 'it/chunks/0/timestamp is number, not array'],
  [{ text: '', chunks: [{ timestamp: [] }] }, 'it/chunks/0/text is missing'],
  [{ chunks: [] }, 'it/text is missing'],
])('compares %j with a transcript of the contract: %s', (value, words) => {
  expect(findDifference(value, callTable['POST /audio-to-text']?.success[200] ?? {})).toBe(words)
})
