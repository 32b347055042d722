import { expect, test } from 'vitest'
import { readAnswer } from './read-answer.ts'

const request = { method: 'GET', url: 'https://gateway.example/jobs/7' }
const facts = { operationId: 'transcribe', isForm: false, success: { 200: { type: ['object'] }, 202: null, 204: null } }
const read = (response: Response) => readAnswer(response, request, facts, 'secret')

test('a good answer that is not JSON by the contract is left unread', async () => {
  const { response, content } = await read(new Response('RIFF', { status: 202 }))
  expect(content).toBeUndefined()
  expect(response.bodyUsed).toBe(false)
  expect((await read(new Response(null, { status: 204 }))).response.status).toBe(204)
})

test('a bad answer is read whatever it is, and can be read once more', async () => {
  const { response, content } = await read(new Response('secret is no key', { status: 401 }))
  expect(content).toBe('[token] is no key')
  expect(await response.text()).toBe('[token] is no key')
})

test('what breaks off while it is read is a NetworkError', async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error('torn')) })
  await expect(read(new Response(body))).rejects.toThrow('GET https://gateway.example/jobs/7 failed: torn')
})
