import type { OpenAPI } from '@livepeer-ai/openapi'
import { expect, test } from 'vitest'
import { createRouter } from './router.ts'

/** Returns a router for operations such as `GET /a`. */
function route(operations: string[], more: Partial<OpenAPI> = {}) {
  const paths: Record<string, object> = {}
  for (const operation of operations) {
    const [method = '', ...path] = operation.split(' ')
    Object.assign((paths[path.join(' ')] ??= {}), { [method.toLowerCase()]: { responses: {} } })
  }
  return createRouter({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths, ...more })
}

test.each<[operations: string[], request: string, operation: string | undefined, parameters?: object]>([
  [['GET /stations/'], 'GET /stations/', 'GET /stations/'],
  [['GET /stations/'], 'GET /stations', 'GET /stations/'],
  [['GET /a', 'GET /a/'], 'GET /a/', 'GET /a/'],
  [['GET /a/', 'GET /a'], 'GET /a', 'GET /a'],
  [['GET /a/{b}/'], 'GET /a/x/', 'GET /a/{b}/', { b: 'x' }],
  [['GET /a/{b}'], 'GET /a/', 'GET /a/{b}', { b: '' }],
  [['GET /a/{b}/c'], 'GET /a//c', 'GET /a/{b}/c', { b: '' }],
  [['GET /a', 'GET /a/{b}'], 'GET /a/', 'GET /a'],
  [['GET /a/{b}.json'], 'GET /a/', undefined],
  [['GET /lit space'], 'GET /lit%20space', 'GET /lit space'],
  [['GET /lit%20space'], 'GET /lit%20space', 'GET /lit%20space'],
  [['GET /größe'], 'GET /gr%C3%B6%C3%9Fe', 'GET /größe'],
  [['GET /100%'], 'GET /100%', 'GET /100%'],
  [['GET /a/{b}'], 'GET /a/x%2Fy', 'GET /a/{b}', { b: 'x/y' }],
  [['GET /x/{a}', 'POST /{b}/y'], 'POST /x/y', 'POST /{b}/y', { b: 'x' }],
  [['GET /x/{a}', 'POST /{b}/y'], 'HEAD /x/y', 'GET /x/{a}', { a: 'y' }],
  [['GET /{a}/y', 'GET /x/{b}'], 'GET /x/y', 'GET /x/{b}', { b: 'y' }],
  [['GET /{a}', 'GET /x'], 'GET /x', 'GET /x'],
  [['GET /{a}', 'GET /{a}.json'], 'GET /x.json', 'GET /{a}.json', { a: 'x' }],
  [['GET /{a}.{b}'], 'GET /x.y.z', 'GET /{a}.{b}', { a: 'x.y', b: 'z' }],
  [['GET /'], 'GET /', 'GET /'],
])('of %j, %s finds %s', (operations, request, operation, parameters = {}) => {
  const [method = '', path = ''] = request.split(' ')
  const target = route(operations)(path, method)
  expect([target.operation?.operationId, target.pathParameters]).toEqual([operation, parameters])
})

test('lists the methods of all templates that match', () => {
  const { operation, methods } = route(['GET /x/{a}', 'POST /{b}/y'])('/x/y', 'PUT')
  expect([operation, methods.toSorted()]).toEqual([undefined, ['GET', 'HEAD', 'OPTIONS', 'POST']])
})

test('finds operations below the base path of each server, with the values of its variables', () => {
  const variables = { version: { default: 'v1', enum: ['v1', 'v2'] } }
  const find = route(['GET /a'], { servers: [{ url: 'https://x.test/{version}', variables }, { url: '/base/' }] })
  const found = ['/v1/a', '/v2/a', '/base/a', '/v3/a'].map((path) => find(path, 'GET').operation?.operationId)
  expect(found).toEqual(['GET /a', 'GET /a', 'GET /a', undefined])
})
