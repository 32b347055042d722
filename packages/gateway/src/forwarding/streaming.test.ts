import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createGateway, ForwardingTranscriber } from '../index.ts'

/** The requests that the engine has got, as they arrive. */
interface Received {
  headers: IncomingMessage['headers']
  size: number
  end: string
  isAborted: boolean
}

let received: Received[]
let respond: (response: ServerResponse, count: number) => void
let fetch: (request: Request) => Promise<Response>

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET') return void response.end()
  const own: Received = { headers: request.headers, size: 0, end: '', isAborted: false }
  received.push(own)
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      own.size += chunk.length
      own.end = (own.end + chunk.toString('latin1')).slice(-2000)
    }
    respond(response.setHeader('content-type', 'application/json'), received.length)
  } catch {
    own.isAborted = true
  }
}

const engine = createServer((request, response) => void receive(request, response))
let baseUrl: string
beforeAll(async () => {
  await once(engine.listen(0, '127.0.0.1'), 'listening')
  baseUrl = `http://127.0.0.1:${(engine.address() as AddressInfo).port}/v1`
})
afterAll(() => {
  engine.closeAllConnections()
  engine.close()
})
beforeEach(() => {
  received = []
  respond = (response) => response.end('{"text":"Yes.","duration":1}')
  ;({ fetch } = createGateway({ transcriber: new ForwardingTranscriber({ baseUrl, model: 'm' }) }))
})

const start = '--b\r\nContent-Disposition: form-data; name="audio"; filename="a %22 1.wav"\r\n\r\n'
const field = (name: string, value: string) =>
  `\r\n--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}`
const mebibyte = 2 ** 20

/** Posts a form whose parts arrive one after the other. */
function post(parts: AsyncIterable<string> | Iterable<string>): Promise<Response> {
  const iterator = (async function* () {
    for await (const part of parts) yield Buffer.from(part)
  })()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
  })
  const headers = { authorization: 'Bearer x', 'content-type': 'multipart/form-data; boundary=b' }
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', headers, body, duplex: 'half' }
  return fetch(new Request('http://gateway/audio-to-text', init))
}

const long = [start, 'x'.repeat(mebibyte), 'y'.repeat(mebibyte)]
const end = '\r\n--b--\r\n'

test('a long recording is passed on while it arrives, and the fields follow', async () => {
  async function* parts() {
    yield* long
    await expect.poll(() => received[0]?.size).toBeGreaterThan(mebibyte)
    yield 'z'.repeat(mebibyte)
    yield field('return_timestamps', 'word') + end
  }
  const response = await post(parts())
  expect(await response.json()).toEqual({ text: 'Yes.', chunks: [{ timestamp: [0, 1], text: 'Yes.' }] })
  expect(received).toHaveLength(1)
  expect(received[0]?.headers['transfer-encoding']).toBe('chunked')
  const text = received[0]?.end.replaceAll('\r\n', '\n') ?? ''
  expect(text).toMatch(/zz\n--\S+\nContent-Disposition: form-data; name="model"\n\nm\n--\S+\n/)
  expect([...text.matchAll(/granularities\[\]"\n\n(\w+)\n/g)].map(([, value]) => value)).toEqual(['segment', 'word'])
  expect(text).toMatch(/\n--\S+--\n$/)
})

test('a short recording is kept, and sent with its length', async () => {
  expect((await post([start, 'x'.repeat(1000), end])).status).toBe(200)
  expect(Number(received[0]?.headers['content-length'])).toBeGreaterThan(1000)
})

test.each([
  ['with a wrong field', [...long, field('return_timestamps', 'char') + end], 422],
  [
    'with a file in place of a text',
    [...long, '\r\n--b\r\nContent-Disposition: form-data; name="model_id"; filename="f"\r\n\r\nf', end],
    422,
  ],
  ['that breaks off', long, 400],
])('a request %s ends the work of the engine, which stays well', async (_, parts, status) => {
  expect((await post(parts)).status).toBe(status)
  await expect.poll(() => received[0]?.isAborted).toBe(true)
  expect((await post([...long, end])).status).toBe(200)
})

test('an engine that refuses words gets a form without them from the next recording on', async () => {
  const refusal = '{"error":{"message":"Unknown value \'word\' of timestamp_granularities."}}'
  respond = (response, count) =>
    count === 1 ? response.writeHead(400).end(refusal) : response.end('{"text":"Yes.","duration":1}')
  const wanted = field('return_timestamps', 'word') + end
  const first = await post([...long, wanted])
  expect([first.status, first.headers.get('retry-after')]).toEqual([503, '1'])
  expect((await post([...long, wanted])).status).toBe(200)
  expect(received[1]?.end).not.toContain('granularities')
})

test('an engine that needs the length of a body gets it from the next recording on', async () => {
  respond = (response, count) => response.writeHead(count === 1 ? 411 : 200).end('{"text":"Yes."}')
  const first = await post([...long, end])
  expect([first.status, first.headers.get('retry-after')]).toEqual([503, '1'])
  expect((await post([...long, end])).status).toBe(200)
  expect(Number(received[1]?.headers['content-length'])).toBeGreaterThan(2 * mebibyte)
})
