import { expect, test } from 'vitest'
import { withoutParameters, withParameters } from './to-path.ts'

const params = { path: { id: 'a/b' }, query: { page: 2, tag: ['x', 'y'] } }

test('parameters are put into path and query as OpenAPI says', () => {
  expect(withParameters('/jobs/{id}', { params })).toBe('/jobs/a%2Fb?page=2&tag=x&tag=y')
  expect(withParameters('/jobs', {})).toBe('/jobs')
})

test('the caller may serialize them otherwise', () => {
  const form = { style: 'form', explode: false } as const
  expect(withParameters('/jobs/{id}', { params, querySerializer: { array: form } })).toMatch(/&tag=x,y$/)
  expect(withParameters('/jobs/{id}', { params, querySerializer: () => '?all' })).toBe('/jobs/a%2Fb?all')
  expect(withParameters('/jobs/{id}', { params, pathSerializer: () => '/jobs/1' })).toMatch(/^\/jobs\/1\?/)
})

test('without any, a path is sent as it is', () => {
  expect(withoutParameters('/jobs', {})).toBe('/jobs')
})
