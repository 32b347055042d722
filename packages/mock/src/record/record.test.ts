import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { startMock, type MockEvent } from '../index.ts'
import type { Har } from './har.ts'

const secret = 'tok-5eCr3t-value'

/** A gateway that sends `answer` and notes the digests of its requests. */
let gateway: Server
let upstream: string
let received: { sha256: string; headers: Record<string, unknown>; url: string | undefined }[] = []
let answer: { status: number; headers: Record<string, string>; body: string | Buffer }
beforeAll(async () => {
  gateway = createServer((incoming, outgoing) => {
    const hash = createHash('sha256')
    incoming.on('data', (chunk: Buffer) => hash.update(chunk))
    incoming.once('end', () => {
      received.push({ sha256: hash.digest('hex'), headers: incoming.headers, url: incoming.url })
      outgoing.writeHead(answer.status, answer.headers).end(answer.body)
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => gateway.once('listening', resolve))
  upstream = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/base`
})
afterAll(() => void gateway.close())
beforeEach(() => {
  received = []
  const body = JSON.stringify({ text: `you said ${secret}`, chunks: [] })
  answer = { status: 200, headers: { 'content-type': 'application/json', 'set-cookie': `session=${secret}` }, body }
})

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'record-'))
  onTestFinished(() => rm(path, { recursive: true }))
  return path
}

/** Bytes of all values. */
const audio = new Uint8Array(300_000).map((_, index) => (index * 31) ^ (index >> 8))
function form(fields: Record<string, string> = {}, bytes = audio): { body: Buffer; headers: Record<string, string> } {
  const boundary = `b${Math.floor(Math.random() * 1e9)}`
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="audio"; filename="a.wav"\r\nContent-Type: audio/wav\r\n\r\n`
  const body = Buffer.concat([Buffer.from(parts.join('') + head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)])
  return { body, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } }
}

const post = (url: string, { body, headers }: ReturnType<typeof form>, query = '') =>
  fetch(`${url}/audio-to-text${query}`, {
    method: 'POST',
    headers: { ...headers, authorization: `Bearer ${secret}`, cookie: `a=${secret}` },
    body: new Uint8Array(body),
  })

async function recorded(directory: string): Promise<{ text: string; har: Har }[]> {
  const files = (await readdir(directory)).toSorted()
  const texts = await Promise.all(files.map((file) => readFile(join(directory, file), 'utf8')))
  return texts.map((text) => ({ text, har: JSON.parse(text) as Har }))
}

test('forwards requests and responses byte for byte', async () => {
  const directory = await folder()
  await using mock = await startMock({ port: 0, record: { directory, upstream } })
  const sent = form({ model_id: 'm' })
  answer.body = Buffer.from([0, 255, 254, 10, 13])
  answer.headers = { 'content-type': 'application/octet-stream' }
  const response = await post(mock.url, sent)
  expect(Buffer.from(await response.arrayBuffer())).toEqual(answer.body)
  expect(received).toMatchObject([
    { sha256: createHash('sha256').update(sent.body).digest('hex'), url: '/base/audio-to-text' },
  ])
  expect(received[0]?.headers).toMatchObject({
    authorization: `Bearer ${secret}`,
    'content-length': String(sent.body.length),
  })
  expect(mock.calls).toMatchObject([{ fields: { model_id: 'm' }, files: [{ size: audio.length }], status: 200 }])
})

test('writes HAR 1.2 without secrets, even where a response repeats them', async () => {
  const directory = await folder()
  await using mock = await startMock({ port: 0, record: { directory, upstream } })
  const response = await post(mock.url, form({ metadata: `{"t":"${secret}"}` }), `?token=${secret}`)
  expect(await response.text()).toContain(secret)
  const [{ text, har }] = (await recorded(directory)) as [{ text: string; har: Har }]
  expect(text).not.toContain(secret)
  expect(har.log).toMatchObject({ version: '1.2', creator: { name: '@livepeer-ai/mock' } })
  expect(har.log.entries).toMatchObject([
    {
      request: {
        method: 'POST',
        url: `${upstream}/audio-to-text?token=***`,
        postData: { params: [{ name: 'metadata' }, { name: 'audio', fileName: 'a.wav', _size: audio.length }] },
      },
      response: { status: 200, content: { mimeType: 'application/json', text: '{"text":"you said ***","chunks":[]}' } },
      _problems: [],
    },
  ])
})

const json = 'application/json'

test.each<[string, query: string, type: string, body: string, headers?: Record<string, string>]>([
  [
    'headers',
    '?q=found',
    json,
    '{}',
    { 'x-goog-api-key': secret, 'x-auth': secret, 'ocp-apim-subscription-key': secret, 'x-any': secret },
  ],
  [
    'the query',
    `?q=found&key=${secret}&sig=${secret}&password=${secret}&X-Amz-Signature=${secret}&any=${secret}`,
    json,
    '{}',
  ],
  ['JSON', '', json, JSON.stringify({ kept: 'found', password: secret, any: { deep: [secret] } })],
  ['a form', '', 'application/x-www-form-urlencoded', `kept=found&password=${secret}&any=${secret}`],
  ['another body', '?q=found', 'application/xml', `<password>${secret}</password>`],
])('records no secrets of %s, only what the description documents', async (_, query, type, body, headers = {}) => {
  const directory = await folder()
  const schema = { type: 'object', properties: { kept: { type: 'string' }, password: { type: 'string' } } }
  const content = { [json]: { schema }, 'application/x-www-form-urlencoded': { schema }, 'application/xml': {} }
  const parameters = [{ name: 'q', in: 'query', schema: { type: 'string' } }]
  const paths = { '/any': { post: { parameters, requestBody: { content }, responses: {} } } }
  const description = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths }
  const ask = async (url: string) => {
    const init = { method: 'POST', body, headers: { ...headers, 'content-type': type } }
    return (await fetch(`${url}/any${query}`, init)).text()
  }
  answer = {
    status: 200,
    headers: { 'content-type': json, 'x-echo': secret },
    body: `{"access_token":"${secret}"}`,
  }
  {
    await using mock = await startMock({ port: 0, description, record: { directory, upstream } })
    expect(await ask(mock.url)).toContain(secret)
  }
  const [entry] = await recorded(directory)
  expect(entry?.text).not.toContain(secret)
  expect(entry?.text).toContain('found')
  await using replayed = await startMock({ port: 0, description, replay: directory })
  expect(await ask(replayed.url)).toBe('{"access_token":"***"}')
})

test.each([
  [{ status: 200, body: '{"text":1}' }, ["body must have required property 'chunks'", 'body.text must be string']],
  [{ status: 503, body: '{}' }, ['the status 503 is not documented']],
  [{ status: 200, body: '<html>', headers: { 'content-type': 'text/html' } }, [expect.stringContaining("'text/html'")]],
  [{ status: 200, body: '{' }, ['the body is not JSON']],
])('forwards and reports an undocumented response: %j', async (other, problems) => {
  answer = { ...answer, ...other }
  const directory = await folder()
  const events: MockEvent[] = []
  await using mock = await startMock({
    port: 0,
    record: { directory, upstream },
    onEvent: (event) => events.push(event),
  })
  const response = await post(mock.url, form())
  expect([response.status, await response.text()]).toEqual([other.status, other.body])
  expect(events.filter(({ type }) => type === 'recorded')).toMatchObject([{ status: other.status, problems }])
})

test('returns 502 and records nothing when the gateway is unreachable', async () => {
  const directory = await folder()
  await using mock = await startMock({ port: 0, record: { directory, upstream: 'http://127.0.0.1:1' } })
  const response = await post(mock.url, form())
  expect([response.status, await response.json()]).toEqual([
    502,
    expect.objectContaining({ detail: expect.stringContaining('No answer from http://127.0.0.1:1') }),
  ])
  expect(await readdir(directory)).toEqual([])
})

test('replays the recordings of the same request, and names a missing one', async () => {
  const directory = await folder()
  const ask = async (url: string, fields: Record<string, string>, bytes = audio) => {
    const response = await post(url, form(fields, bytes))
    return [response.status, await response.text()]
  }
  const answers: unknown[] = []
  {
    await using mock = await startMock({ port: 0, record: { directory, upstream } })
    answer.body = '{"text":"first","chunks":[]}'
    answers.push(await ask(mock.url, { model_id: 'a' }))
    answer.body = '{"text":"second","chunks":[]}'
    answers.push(await ask(mock.url, { model_id: 'a' }))
    answer = { ...answer, status: 503, body: 'busy' }
    answers.push(await ask(mock.url, { model_id: 'b' }))
  }
  received = []
  await using mock = await startMock({ port: 0, replay: directory })
  const replayed = []
  for (const model of ['a', 'a', 'b']) replayed.push(await ask(mock.url, { model_id: model }))
  expect(replayed).toEqual(answers)
  expect(await ask(mock.url, { model_id: 'a' })).toEqual(answers[1])
  expect(received).toEqual([])

  const [status, text] = await ask(mock.url, { model_id: 'c' }, audio.subarray(1))
  expect([status, JSON.parse(String(text))]).toEqual([
    404,
    expect.objectContaining({
      detail: expect.stringMatching(/^Nothing is recorded for POST .+model_id=c, audio with sha256/),
    }),
  ])
})

test.each([
  ['a folder without recordings', undefined, 'there is no .har file'],
  ['a malformed recording', '{', 'JSON'],
])('throws for %s', async (_, content, message) => {
  const directory = await folder()
  if (content !== undefined) await writeFile(join(directory, 'a.har'), content)
  await expect(startMock({ port: 0, replay: directory })).rejects.toThrow(message)
})
