import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { attachedFolder } from '../attached-files.ts'
import type { SentRequest } from '../exchange.ts'
import { usualBoundary } from '../wire/encode-multipart.ts'
import { toCurl } from '../wire/to-curl.ts'
import { planSuite } from './plan-suite.ts'

const token = 's3cret$TOKEN'
let received: { message: IncomingMessage; body: Buffer } | undefined
const server = createServer((message, response) => {
  void keep(message).finally(() => response.end())
})
const keep = async (message: IncomingMessage) => {
  received = { message, body: await buffer(message) }
}

await once(server.listen(0, '127.0.0.1'), 'listening')
const folder = await mkdtemp(join(tmpdir(), 'curl-'))
await mkdir(join(folder, attachedFolder))
afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

/** Checks with requests of each kind: fields, recordings, broken forms, other types and targets. */
const kinds = ['MP-01', 'MP-04', 'MP-05', 'MP-06', 'MP-22', 'CN-04', 'CN-06', 'ME-04', 'AU-07']
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ai`
const { checks } = await planSuite({ url, token, only: [...kinds, 'MP-25', 'TR-01'] })
const requestsOf = (id: string): SentRequest[] => checks.find(({ check }) => check.id === id)?.requests ?? []

/** The headers that a request states, sorted, without those that every client adds. */
const toLines = (headers: readonly (readonly [string, string])[]): string[] =>
  headers
    .map(([name, value]) => `${name.toLowerCase()}: ${value.replaceAll('{token}', token)}`)
    .filter((line) => !/^(host|user-agent|connection|content-length):/.test(line))
    .map((line) => line.replace(/boundary=-+\w+/, `boundary=${usualBoundary}`))
    .toSorted()

test.each(kinds)('curl sends what %s sends', async (id) => {
  const requests = requestsOf(id).filter(({ plan }) => !plan.delivery)
  expect(requests.length).toBeGreaterThan(0)
  for (const request of requests) {
    const curl = toCurl(request)
    if (!curl) throw new Error(`no command for ${request.method} ${request.target}`)
    expect(curl.command).not.toContain(token)
    for (const { name, content } of curl.files) await writeFile(join(folder, attachedFolder, name), content)
    const options = { cwd: folder, env: { ...process.env, TOKEN: token } }
    await promisify(execFile)('sh', ['-c', curl.command], options)
    const { message, body } = received ?? {}
    const raw = message?.rawHeaders ?? []
    const headers = raw.flatMap((name, index) => (index % 2 ? [] : [[name, raw[index + 1] ?? ''] as const]))
    const own = /boundary=(-+\w+)/.exec(message?.headers['content-type'] ?? '')?.[1] ?? usualBoundary
    expect([message?.method, message?.url]).toEqual([request.method, request.target.replaceAll('{token}', token)])
    expect(toLines(headers)).toEqual(toLines(request.headers))
    expect(body?.toString('latin1').replaceAll(own, usualBoundary)).toBe(request.body.toString('latin1'))
  }
})

test.each(['MP-25', 'TR-01'])('has no command for the unusual delivery of %s', (id) => {
  expect(requestsOf(id).map(toCurl)[0]).toBeUndefined()
})
