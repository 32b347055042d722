import { expect, test } from 'vitest'
import { toCutter } from '../upload/streaming/cut-token.ts'
import { readText } from '../upload/streaming/read-text.ts'
import { readAnswer } from './read-answer.ts'

const runtime = { toForm: () => Promise.reject(new Error('not used')), readText, toCutter }
const request = { method: 'GET', url: 'https://gateway.example/jobs/7' }
const facts = { operationId: 'transcribe', success: { 200: { type: ['object'] }, 202: null, 204: null } }
const read = (response: Response) => readAnswer(response, request, 'secret-token', { facts }, runtime)

test('leaves a 2xx response unread if the contract documents no JSON', async () => {
  const { response, content } = await read(new Response('RIFF', { status: 202 }))
  expect(content).toBeUndefined()
  expect(response.bodyUsed).toBe(false)
  expect((await read(new Response(null, { status: 204 }))).response.status).toBe(204)
})

test('reads any error response and keeps it readable', async () => {
  const { response, content } = await read(new Response('secret-token is no key', { status: 401 }))
  expect(content).toBe('[token] is no key')
  expect(await response.text()).toBe('[token] is no key')
})

test('throws a NetworkError for a response that breaks off', async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error('torn')) })
  await expect(read(new Response(body))).rejects.toThrow('GET https://gateway.example/jobs/7 failed: torn')
})

/** The token in each form in which a gateway can repeat it. */
const secret = 'se+cret/token'
const forms = {
  plainly: `no ${secret}`,
  'in JSON with escapes': '{"detail":{"msg":"no se\\u002Bcret\\/token"}}',
  'in a URL': `<a href="?token=${encodeURIComponent(secret)}">`,
  'in HTML': '<p>se&#43;cret&#x2F;token</p>',
  'in Base64': `Basic ${btoa(secret)}`,
  'in other letters': secret.toUpperCase(),
}

test.each(Object.entries(forms))('a token that is repeated %s is cut', async (_, body) => {
  const headers = { 'x-token': secret }
  const sent = new Response(body, { status: 401, statusText: `No ${secret}`, headers })
  const { response, content } = await readAnswer(sent, request, secret, {}, runtime)
  const told = [JSON.stringify(content), await response.text(), response.statusText, response.headers.get('x-token')]
  for (const text of told) expect(text).toMatch(/\[token\]/)
  expect(told.join()).not.toMatch(/cret/i)
})

test('a token of one letter does not change other words', async () => {
  const { content } = await readAnswer(
    new Response('{"detail":"do not use the token t"}', { status: 401 }),
    request,
    't',
    {},
    runtime,
  )
  expect(content).toEqual({ detail: 'do not use the token [token]' })
})

test('reads no more than the limit', async () => {
  let pulls = 0
  const endless = () =>
    new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(2 ** 16).fill(++pulls, 0, 1)) })
  const limited = { facts, maxResponseBytes: 2 ** 20 }
  await expect(readAnswer(new Response(endless()), request, undefined, limited, runtime)).rejects.toThrow(
    'failed: the response is larger than 1048576 bytes',
  )
  const error = await readAnswer(new Response(endless(), { status: 500 }), request, undefined, limited, runtime)
  expect(error.content).toHaveLength(2 ** 20)
  expect(pulls).toBeLessThan(50)
})

test.each([200, 500])('JSON that is nested a million deep in a %i stays text', async (status) => {
  const deep = '['.repeat(1e6) + ']'.repeat(1e6)
  const outcome = await read(new Response(deep, { status })).catch((error: unknown) => error)
  expect(outcome).toMatchObject(status === 200 ? { name: 'InvalidResponseError' } : { content: deep.slice(0, 2 ** 20) })
})

test('a status that HTTP lacks is a NetworkError', async () => {
  const odd = Object.defineProperty(new Response('no'), 'status', { value: 999 })
  await expect(read(Object.defineProperty(odd, 'ok', { value: false }))).rejects.toThrow(
    'failed: HTTP has no status 999',
  )
})
