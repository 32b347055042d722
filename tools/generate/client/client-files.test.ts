import { expect, test } from 'vitest'
import { clientFiles } from './client-files.ts'

test.each([
  ['a path', { '/jobs/{id}': { parameters: [{ name: 'id', in: 'path' }], get: {} } }, true],
  ['a query by reference', { '/jobs': { get: { parameters: [{ $ref: '#/components/parameters/page' }] } } }, true],
  ['headers alone', { '/jobs': { get: { parameters: [{ name: 'accept', in: 'header' }] } } }, false],
  ['nothing', { '/jobs': { get: {} } }, false],
])('the client of a description with parameters in %s serializes them: %j', (_, paths, isNeeded) => {
  const components = { parameters: { page: { name: 'page', in: 'query' } } }
  const description = { openapi: '3.1.0', info: { title: 'Jobs', version: '1' }, paths, components }
  const choice = clientFiles(description).get('to-path.ts')
  expect(choice).toContain(isNeeded ? '{ withParameters as toPath }' : '{ withoutParameters as toPath }')
})

test('audioToText() has an option in camel case for each further field of its form', () => {
  const schema = {
    properties: { audio: {}, model_id: {}, max_speakers: { type: 'integer', description: 'The most speakers.' } },
  }
  const post = { operationId: 'genAudioToText', requestBody: { content: { 'multipart/form-data': { schema } } } }
  const paths = { '/audio-to-text': { post } }
  const source = clientFiles({ openapi: '3.1.0', info: { title: 'Speech', version: '1' }, paths }).get('more-fields.ts')
  expect(source).toContain("  /** The most speakers. */\n  maxSpeakers?: Body['max_speakers'] | undefined\n}")
  expect(source).toContain('      max_speakers: init.maxSpeakers,\n')
  expect(source).not.toContain('model_id')
})
