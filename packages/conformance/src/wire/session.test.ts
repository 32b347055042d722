import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { bareRequest, formWithoutAudio } from '../catalogue/requests.ts'
import type { SentRequest } from '../exchange.ts'
import { context } from '../testing/respond.ts'
import { encodeRequest, type Target } from './encode-request.ts'
import { Session } from './session.ts'

const targetAt = (port: number): Target => ({
  url: new URL(`http://127.0.0.1:${port}`),
  description: context.contract.description,
  operation: context.operation,
  hasToken: false,
  userAgent: 'test',
  requiredFields: {},
})

test.each([
  ['a group', { together: 'group' }],
  ['requests of one session', {}],
])('repeats a request of %s with its neighbors', async (_, delivery) => {
  let running = 0
  let most = 0
  let total = 0
  const server = createServer((request, response) => {
    most = Math.max(most, ++running)
    total++
    request.resume()
    setTimeout(() => {
      running--
      response.end()
    }, 100)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const target = targetAt((server.address() as AddressInfo).port)
  const requests = [0, 1, 2].map((copy): SentRequest => encodeRequest(formWithoutAudio({ copy, delivery }), target))
  const session = new Session(target, {})
  await session.send(requests)
  expect([most, total]).toEqual([3, 3])
  most = 0
  await session.confirm(requests.slice(2))
  expect([most, total]).toEqual([3, 6])
  await session.confirm(requests)
  expect(total).toBe(6)
  server.closeAllConnections()
  server.close()
})

test('a request that follows another has an id of its own', async () => {
  const server = createServer((request, response) => void request.resume().on('end', () => response.end()))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const target = targetAt((server.address() as AddressInfo).port)
  const next = bareRequest({ method: 'GET' })
  const [first, alone] = [formWithoutAudio({ delivery: { followedBy: next } }), next].map((plan) =>
    encodeRequest(plan, target),
  )
  const session = new Session(target, {})
  await session.send([first!, alone!])
  const ids = session.exchanges.map(({ request }) => request.id)
  expect(new Set(ids)).toEqual(new Set([first!.id, `${first!.id}-next`, alone!.id]))
  server.closeAllConnections()
  server.close()
})
