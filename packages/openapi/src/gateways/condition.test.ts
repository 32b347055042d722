import { expect, test } from 'vitest'
import { meetsCondition, type Condition } from './condition.ts'
import type { RequestFacts } from './request-facts.ts'

const exchange: RequestFacts = {
  method: 'POST',
  path: '/audio-to-text',
  form: 'complete',
  token: 'none',
  fields: { model_id: '', return_timestamps: 'word' },
  files: { audio: { bytes: 100, seconds: 0.4, container: 'wav', decodable: true } },
}

test.each<[string, Condition, boolean]>([
  ['no test', {}, true],
  ['one of the values', { method: { enum: ['GET', 'POST'] } }, true],
  ['none of the values', { method: { enum: ['GET'] } }, false],
  ['a value that is excepted', { method: { except: ['POST'] } }, false],
  ['a value that is not excepted', { method: { except: ['GET'] } }, true],
  ['an excepted value of a fact that is absent', { mediaType: { except: ['text/plain'] } }, false],
  ['a number under the limit', { 'files.audio.seconds': { under: 1 } }, true],
  ['a number at the limit', { 'files.audio.bytes': { under: 100 } }, false],
  ['a number over the limit', { 'files.audio.bytes': { over: 99 } }, true],
  ['a number at the lower limit', { 'files.audio.bytes': { over: 100 } }, false],
  ['a limit on a fact that is absent', { status: { over: 399 } }, false],
  ['a limit on a string', { method: { over: 0 } }, false],
  ['an empty string', { 'fields.model_id': { enum: [''] } }, true],
  ['an empty string is not absent', { 'fields.model_id': { absent: true } }, false],
  ['a field that is absent', { 'fields.metadata': { absent: true } }, true],
  ['a field that is present', { 'fields.model_id': { absent: false } }, true],
  ['a field that should be present', { 'fields.metadata': { absent: false } }, false],
  ['a pattern that matches', { 'fields.return_timestamps': { pattern: '^w' } }, true],
  ['a pattern that does not match', { 'fields.return_timestamps': { pattern: '^s' } }, false],
  ['a boolean', { 'files.audio.decodable': { enum: [false] } }, false],
  ['two tests of which one fails', { token: { enum: ['none'] }, method: { enum: ['GET'] } }, false],
  ['two members of which one fails', { 'files.audio.bytes': { over: 1, under: 50 } }, false],
])('meetsCondition() tests %s', (_, condition, expected) => {
  expect(meetsCondition(condition, exchange)).toBe(expected)
})
