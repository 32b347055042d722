import { expect, test } from 'vitest'
import { withoutParameters, withParameters } from './to-path.ts'

const params = { path: { id: 'a/b' }, query: { page: 2, tag: ['x', 'y'] } }

test('serializes path and query parameters as OpenAPI defines', () => {
  expect(withParameters('/jobs/{id}', { params })).toBe('/jobs/a%2Fb?page=2&tag=x&tag=y')
  expect(withParameters('/jobs', {})).toBe('/jobs')
})

test('accepts a custom serializer', () => {
  const form = { style: 'form', explode: false } as const
  expect(withParameters('/jobs/{id}', { params, querySerializer: { array: form } })).toMatch(/&tag=x,y$/)
  expect(withParameters('/jobs/{id}', { params, querySerializer: () => '?all' })).toBe('/jobs/a%2Fb?all')
  expect(withParameters('/jobs/{id}', { params, pathSerializer: () => '/jobs/1' })).toMatch(/^\/jobs\/1\?/)
})

test('sends a path without parameters unchanged', () => {
  expect(withoutParameters('/jobs', {})).toBe('/jobs')
})
