import { expect, test } from 'vitest'
import { readAnswer } from './read-answer.ts'

const request = { method: 'GET', url: 'https://gateway.example/jobs/7' }
const facts = { operationId: 'transcribe', isForm: false, success: { 200: { type: ['object'] }, 202: null, 204: null } }
const read = (response: Response) => readAnswer(response, request, facts, 'secret')

test('leaves a 2xx response unread if the contract documents no JSON', async () => {
  const { response, content } = await read(new Response('RIFF', { status: 202 }))
  expect(content).toBeUndefined()
  expect(response.bodyUsed).toBe(false)
  expect((await read(new Response(null, { status: 204 }))).response.status).toBe(204)
})

test('reads any error response and keeps it readable', async () => {
  const { response, content } = await read(new Response('secret is no key', { status: 401 }))
  expect(content).toBe('[token] is no key')
  expect(await response.text()).toBe('[token] is no key')
})

test('throws a NetworkError for a response that breaks off', async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error('torn')) })
  await expect(read(new Response(body))).rejects.toThrow('GET https://gateway.example/jobs/7 failed: torn')
})
