import { gateways } from '@livepeer-ai/openapi/gateways'
import { expect, test } from 'vitest'
import { findGatewaysAt } from './recognize-gateway.ts'

const namesAt = (url: string) => findGatewaysAt(url).map(({ name }) => name)

test.each(Object.values(gateways))('finds $name at its servers', ({ name, servers }) => {
  for (const server of servers.filter((url) => !url.includes('127.0.0.1'))) {
    expect(namesAt(server)).toContain(name)
    expect(namesAt(`${server}/`)).toContain(name)
    expect(namesAt(`${server}/below`)).toContain(name)
    expect(namesAt(`${server}-other`)).toEqual([])
    expect(namesAt(server.replace('https:', 'http:'))).toEqual([])
  }
})

test.each(['http://127.0.0.1:8000', 'http://localhost:8000', 'http://[::1]:8000'])('finds nothing at %s', (url) => {
  expect(namesAt(url)).toEqual([])
})
