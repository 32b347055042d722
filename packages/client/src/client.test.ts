import { mkdtemp, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createClient } from './index.ts'

const transcript = { text: ' Hello.', chunks: [{ timestamp: [0, 1.5], text: ' Hello.' }] }

/** A gateway on the loopback interface that answers with one status and body, and keeps what it was sent. */
async function serve(status: number, body: string, headers: Record<string, string> = {}) {
  const requests: { line: string; headers: NodeJS.Dict<string | string[]>; form: FormData | undefined }[] = []
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const received: Uint8Array[] = []
    for await (const chunk of request) received.push(chunk as Uint8Array)
    const type = request.headers['content-type']
    requests.push({
      line: `${request.method} ${request.url}`,
      headers: request.headers,
      form: type
        ? await new Response(Buffer.concat(received), { headers: { 'content-type': type } }).formData()
        : undefined,
    })
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  }
  const server = createServer((...exchange) => void answer(...exchange)).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => void server.close())
  return { requests, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test('audioToText() sends the recording and the fields as multipart parts, and resolves to the transcript', async () => {
  const { requests, baseUrl } = await serve(200, JSON.stringify(transcript))
  const client = createClient({ baseUrl, token: async () => 'secret' })
  const result = await client.audioToText({
    audio: new File(['RIFF'], 'speech.wav', { type: 'audio/wav' }),
    modelId: 'openai/whisper-large-v3',
    returnTimestamps: 'word',
    metadata: { job: 7 },
  })
  expect(result).toEqual(transcript)
  expect(result.response.status).toBe(200)
  expect(requests[0]?.line).toBe('POST /audio-to-text')
  expect(requests[0]?.headers['authorization']).toBe('Bearer secret')
  const { audio, ...fields } = Object.fromEntries(requests[0]?.form ?? [])
  expect(fields).toEqual({ model_id: 'openai/whisper-large-v3', return_timestamps: 'word', metadata: '{"job":7}' })
  expect(audio).toMatchObject({ name: 'speech.wav', type: 'audio/wav', size: 4 })
})

test('POST() sends a typed body as multipart and returns a documented error as a value', async () => {
  const { requests, baseUrl } = await serve(400, '{"detail":{"msg":"no such model"}}')
  const { error, response } = await createClient({ baseUrl }).POST('/audio-to-text', {
    body: { audio: new Blob(['x']) },
  })
  expect(response.status).toBe(400)
  expect(error).toEqual({ detail: { msg: 'no such model' } })
  expect(requests[0]?.form?.get('audio')).toBeInstanceOf(File)
})

test('audioToText() throws a ResponseError with the words of the gateway', async () => {
  const { baseUrl } = await serve(422, '{"detail":[{"loc":["body","audio"],"msg":"Field required","type":"missing"}]}')
  await expect(createClient({ baseUrl }).audioToText({ audio: new Blob(['x']) })).rejects.toMatchObject({
    name: 'ResponseError',
    status: 422,
    message: `POST ${baseUrl}/audio-to-text answered 422: body.audio: Field required`,
  })
})

test.each([
  ['is empty', '', 'it is empty'],
  ['is HTML', '<html>', 'it is not JSON'],
])('an answer of 200 whose body %s is an InvalidResponseError', async (_, body, problem) => {
  const { baseUrl } = await serve(200, body)
  await expect(createClient({ baseUrl }).audioToText({ audio: new Blob(['x']) })).rejects.toMatchObject({
    name: 'InvalidResponseError',
    message: expect.stringContaining(problem),
  })
})

test('a gateway that cannot be reached is a NetworkError that says where and why', async () => {
  const client = createClient({ baseUrl: 'http://127.0.0.1:1', token: 'secret' })
  await expect(client.audioToText({ audio: new Blob(['x']) })).rejects.toMatchObject({
    name: 'NetworkError',
    message: expect.stringMatching(/^POST http:\/\/127\.0\.0\.1:1\/audio-to-text failed: .+/),
  })
})

test('a recording is opened by path, and is missing or empty in one clear line', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'client-'))
  const { requests, baseUrl } = await serve(200, JSON.stringify(transcript))
  const client = createClient({ baseUrl })
  await writeFile(join(folder, 'speech.mp3'), 'ID3')
  await client.audioToText({ audio: join(folder, 'speech.mp3') })
  expect(requests[0]?.form?.get('audio')).toMatchObject({ name: 'speech.mp3', size: 3 })
  await writeFile(join(folder, 'empty.mp3'), '')
  await expect(client.audioToText({ audio: join(folder, 'empty.mp3') })).rejects.toThrow('empty.mp3 is empty')
  await expect(client.audioToText({ audio: join(folder, 'none.mp3') })).rejects.toThrow('none.mp3 cannot be read')
})

test.each(['nowhere', 'ftp://gateway.example', 'https://user:secret@gateway.example'])(
  'createClient() refuses the base URL %s without repeating it',
  (baseUrl) => {
    expect(() => createClient({ baseUrl })).toThrow(/^baseUrl is an absolute http\(s\) URL/)
  },
)
