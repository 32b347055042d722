import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from './create-client.ts'

let baseUrl: string
let answer: { status: number; body: unknown }
let received: { authorization: string | undefined; form: FormData }
const server = createServer((request, response) => void respond(request, response))
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

const audio = new File([new Uint8Array([0, 13, 10, 255])], 'clip.wav', { type: 'audio/wav' })
const transcript = { text: 'hello', chunks: [{ timestamp: [0, null], text: 'hello' }] }

test('audioToText() sends the recording with its name and the fields that are given', async () => {
  answer = { status: 200, body: transcript }
  const client = createClient({ baseUrl, token: 'secret' })
  expect(await client.audioToText({ audio, modelId: 'm', returnTimestamps: 'word' })).toEqual(transcript)
  const file = received.form.get('audio') as File
  expect([file.name, file.type, [...new Uint8Array(await file.arrayBuffer())]]).toEqual([
    'clip.wav',
    'audio/wav',
    [0, 13, 10, 255],
  ])
  expect(Object.fromEntries(received.form)).toMatchObject({ model_id: 'm', return_timestamps: 'word' })
  expect(received.authorization).toBe('Bearer secret')
})

test('audioToText() sends no field and no token that is not given', async () => {
  answer = { status: 200, body: transcript }
  await createClient({ baseUrl }).audioToText({ audio })
  expect([...received.form.keys()]).toEqual(['audio'])
  expect(received.authorization).toBeUndefined()
})

test.each([
  [400, { detail: { msg: 'metadata is not JSON' } }, 'answered 400: metadata is not JSON'],
  [
    422,
    { detail: [{ loc: ['body', 'audio'], msg: 'Field required', type: 'missing' }] },
    'answered 422: body.audio: Field required',
  ],
  [404, { detail: 'Not Found' }, 'answered 404: Not Found'],
  [500, {}, 'answered 500: Internal Server Error'],
])('audioToText() throws the message of a %i', async (status, body, message) => {
  answer = { status, body }
  await expect(createClient({ baseUrl }).audioToText({ audio })).rejects.toMatchObject({
    name: 'ResponseError',
    status,
    body,
    message: `POST ${baseUrl}/audio-to-text ${message}`,
  })
})

test('POST() gives the result as a value', async () => {
  answer = { status: 401, body: { detail: { msg: 'Invalid bearer token.' } } }
  const { error, response } = await createClient({ baseUrl }).POST('/audio-to-text', { body: { audio } })
  expect([response.status, error]).toEqual([401, answer.body])
})

test('an empty recording is not sent', async () => {
  await expect(createClient({ baseUrl }).audioToText({ audio: new File([], 'empty.wav') })).rejects.toThrow(
    `POST ${baseUrl}/audio-to-text not sent: the recording is empty`,
  )
})

test('a gateway that cannot be reached is named', async () => {
  const closed = createServer()
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(closed.address() as AddressInfo).port}`
  await new Promise((resolve) => closed.close(resolve))
  await expect(createClient({ baseUrl: `${url}/` }).audioToText({ audio })).rejects.toMatchObject({
    name: 'NetworkError',
    message: `POST ${url}/audio-to-text got no response: ECONNREFUSED`,
  })
})

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = new Uint8Array(await buffer(request))
  const { 'content-type': contentType, authorization } = request.headers
  received = { authorization, form: await new Response(body, { headers: { 'content-type': contentType! } }).formData() }
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
}
