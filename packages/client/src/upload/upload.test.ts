import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, open, readdir, readFile, readlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { platform } from 'node:process'
import { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { runInNewContext } from 'node:vm'
import { expect, test, vi } from 'vitest'
import { createClient, FileError, type FileInput, type UploadProgress } from '../index.ts'
import { answer, formOf, testGateway, transcript } from '../testing/test-gateway.ts'

const folder = await mkdtemp(join(tmpdir(), 'client-'))
const path = join(folder, 'a "talk".wav')
/** All its pieces differ. */
const wav = new Uint8Array(200_000).map((_, index) => index % 251)
wav.set(new TextEncoder().encode('RIFF----WAVE'))
await writeFile(path, wav)
await writeFile(join(folder, 'empty.wav'), '')
await mkdir(join(folder, 'folder'))

const stream = (bytes: Uint8Array<ArrayBuffer> = wav) => new Blob([bytes]).stream()
const served = (headers: Record<string, string>, url: string) => {
  const response = new Response(stream(), { headers })
  return Object.defineProperty(response, 'url', { value: url })
}

const shared = new SharedArrayBuffer(wav.length)
new Uint8Array(shared).set(wav)
async function* inPieces(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 70_000) yield bytes.subarray(at, at + 70_000)
}
/** A Blob that is not an instance of the global class. */
class OtherBlob {
  readonly #blob = new Blob([wav])
  readonly name = 'a.wave'
  readonly type = ''
  readonly size = wav.length
  slice = (from?: number, to?: number) => this.#blob.slice(from, to)
  arrayBuffer = () => this.#blob.arrayBuffer()
  bytes = async () => wav
  stream = () => this.#blob.stream()
  text = () => this.#blob.text()
}

const inputs: [what: string, input: () => FileInput, name: string, type: string, hasLength: boolean][] = [
  ['a path', () => path, 'a "talk".wav', 'audio/wav', true],
  ['a file URL', () => pathToFileURL(path), 'a "talk".wav', 'audio/wav', true],
  ['a file URL as text', () => pathToFileURL(path).href, 'a "talk".wav', 'audio/wav', true],
  ['a File with a type', () => new File([wav], 'talk.wave', { type: 'audio/x-wav' }), 'talk.wave', 'audio/x-wav', true],
  ['a File without a type', () => new File([wav], 'talk.wave'), 'talk.wave', 'audio/wav', true],
  ['a Blob', () => new Blob([wav]), 'audio.wav', 'audio/wav', true],
  [
    'a Blob that was in a FormData',
    () => new File([wav], 'blob', { type: 'audio/wav' }),
    'audio.wav',
    'audio/wav',
    true,
  ],
  ['bytes', () => wav, 'audio.wav', 'audio/wav', true],
  ['an ArrayBuffer', () => wav.buffer, 'audio.wav', 'audio/wav', true],
  ['a stream', () => stream(), 'audio.wav', 'audio/wav', false],
  [
    'a stream with a size and a name',
    () => ({ stream: stream(), size: wav.length, name: 'live.wav' }),
    'live.wav',
    'audio/wav',
    true,
  ],
  ['a stream with a type', () => ({ stream: stream(), type: 'audio/l16' }), 'audio.wav', 'audio/l16', false],
  [
    'a Response',
    () =>
      served({ 'content-type': 'audio/vnd.wave', 'content-length': '200000' }, 'https://a.example/x/my%20talk.wav?y#z'),
    'my talk.wav',
    'audio/vnd.wave',
    true,
  ],
  ['a Node stream', () => Readable.from([wav]), 'audio.wav', 'audio/wav', false],
  ['a stream of node:fs', () => createReadStream(path), 'a "talk".wav', 'audio/wav', false],
  ['a generator', () => inPieces(wav), 'audio.wav', 'audio/wav', false],
  ['a generator with a size', () => ({ stream: inPieces(wav), size: wav.length }), 'audio.wav', 'audio/wav', true],
  ['a DataView', () => new DataView(wav.buffer), 'audio.wav', 'audio/wav', true],
  ['16-bit samples', () => new Int16Array(wav.buffer), 'audio.wav', 'audio/wav', true],
  ['shared memory', () => shared, 'audio.wav', 'audio/wav', true],
  ['a view of shared memory', () => new Uint8Array(shared), 'audio.wav', 'audio/wav', true],
  [
    'bytes of another realm',
    () => runInNewContext('new Uint8Array(given)', { given: wav }) as Uint8Array,
    'audio.wav',
    'audio/wav',
    true,
  ],
  [
    'an ArrayBuffer of another realm',
    () => runInNewContext('Uint8Array.from(given).buffer', { given: wav }) as ArrayBuffer,
    'audio.wav',
    'audio/wav',
    true,
  ],
  ['a Blob of another library', () => new OtherBlob(), 'a.wave', 'audio/wav', true],
  [
    'a Response with a percent sign in its name',
    () => served({}, 'https://a.example/100%.wav'),
    '100%.wav',
    'audio/wav',
    false,
  ],
  ['a Response without a name', () => served({}, ''), 'audio.wav', 'audio/wav', false],
]

test.each(inputs)('sends %s completely, with its name and media type', async (_, input, name, type, hasLength) => {
  const { requests, baseUrl } = await testGateway(answer(200, transcript))
  await createClient({ baseUrl }).audioToText({ audio: input(), returnTimestamps: false })
  const [request] = requests
  const form = await formOf(request)
  const file = form.get('audio') as File
  expect({ name: file.name, type: file.type, size: file.size }).toEqual({ name, type, size: wav.length })
  expect(Buffer.from(await file.arrayBuffer()).equals(wav)).toBe(true)
  expect(form.get('return_timestamps')).toBe('false')
  expect(request?.headers['content-length']).toBe(hasLength ? String(request?.body.length) : undefined)
})

test('a custom fetch may keep the chunks that it reads', async () => {
  let sent: Buffer | undefined
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const file = (await new Request(url, init).formData()).get('audio') as File
    sent = Buffer.from(await file.arrayBuffer())
    return Response.json(transcript)
  }
  await createClient({ baseUrl: 'http://127.0.0.1:1001', fetch }).audioToText({ audio: path })
  expect(sent?.equals(wav)).toBe(true)
})

const mediaTypes: [file: string, name: string, type: string][] = [
  ['austen-0930.wav', 'audio.wav', 'audio/wav'],
  ['austen-0930.mp3', 'audio.mp3', 'audio/mpeg'],
  ['austen-0930.m4a', 'audio.m4a', 'audio/mp4'],
  ['austen-0930.webm', 'audio.webm', 'audio/webm'],
  ['austen-0930.ogg', 'audio.ogg', 'audio/ogg'],
  ['austen-0930.opus', 'audio.ogg', 'audio/ogg'],
  ['austen-0930.flac', 'audio.flac', 'audio/flac'],
]

test.each(mediaTypes)('recognizes the bytes of %s as %s, %s', async (file, name, type) => {
  const { requests, baseUrl } = await testGateway(answer(200, transcript))
  const bytes = await readFile(new URL(`../../../conformance/fixtures/speech/${file}`, import.meta.url))
  await createClient({ baseUrl }).audioToText({ audio: bytes })
  expect((await formOf(requests[0])).get('audio')).toMatchObject({ name, type, size: bytes.length })
})

test('a media type cannot break out of its header', async () => {
  const { requests, baseUrl } = await testGateway(answer(200, transcript))
  await createClient({ baseUrl }).audioToText({
    audio: { stream: stream(), name: 'a\r\nb.wav', type: 'audio/x\r\nX-Evil: 1' },
  })
  const head = requests[0]?.body.toString('latin1').split('\r\n\r\n')[0]
  expect(head?.split('\r\n').slice(1)).toEqual([
    'Content-Disposition: form-data; name="audio"; filename="a%0D%0Ab.wav"',
    'Content-Type: audio/xX-Evil: 1',
  ])
})

const broken = () => {
  let pulls = 0
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (pulls++) controller.error(new Error('tape torn'))
      else controller.enqueue(new Uint8Array(10))
    },
  })
}

const unusable: [what: string, input: () => unknown, message: string][] = [
  [
    'a file that is missing',
    () => join(folder, 'none.wav'),
    `${folder}/none.wav cannot be read: there is no such file`,
  ],
  ['a file that is empty', () => join(folder, 'empty.wav'), 'empty.wav is empty: there is nothing to send'],
  ['a folder', () => join(folder, 'folder'), `${folder}/folder cannot be read: it is not a file`],
  [
    'a web address',
    () => 'https://a.example/talk.wav',
    'https://a.example/talk.wav is not on this machine: pass the Response of fetch() instead',
  ],
  ['an empty Blob', () => new Blob([]), 'audio is empty: there is nothing to send'],
  ['an empty stream', () => new Blob([]).stream(), 'audio is empty: there is nothing to send'],
  ['a Response with an error', () => new Response('no', { status: 404 }), 'The Response has status 404'],
  ['a stream that breaks off', broken, 'The stream broke off: tape torn'],
  [
    'a stream shorter than said',
    () => ({ stream: stream(), size: 200_001, name: 'x.wav' }),
    'x.wav does not have the 200001 bytes that were announced',
  ],
  [
    'a stream longer than said',
    () => ({ stream: stream(), size: 40_000, name: 'x.wav' }),
    'x.wav does not have the 40000 bytes that were announced',
  ],
  ['nothing', () => undefined, 'audio is missing'],
]

const consumed = () => {
  const locked = stream()
  locked.getReader()
  return locked
}
const readResponse = () => {
  const response = served({}, '')
  void response.text()
  return response
}
const noFiles: [what: string, input: () => unknown, message: string][] = [
  ['a Promise', () => Promise.resolve(wav), 'audio is not a file (Promise): did you forget await?'],
  ['an object with a path', () => ({ path }), 'audio is not a file (Object)'],
  ['a file of React Native', () => ({ uri: `file://${path}`, name: 'a.wav' }), 'audio is not a file (Object)'],
  ['a number', () => 7, 'audio is not a file (Number)'],
  ['a stream that is read elsewhere', consumed, 'The stream is read elsewhere already: pass another one'],
  ['a Response that was read', readResponse, 'The Response has no body'],
  ['a stream of text', () => Readable.from(['RIFF']), 'The stream yields string: a file consists of bytes'],
]

test.each(noFiles)('sends nothing for %s', async (_, input, message) => {
  const { requests, baseUrl } = await testGateway(answer(200, transcript))
  const call = createClient({ baseUrl }).audioToText({ audio: input() as FileInput })
  await expect(call).rejects.toMatchObject({ name: 'FileError', message: expect.stringContaining(message) as string })
  expect(requests).toEqual([])
})

test('a path as text in a body is no file', async () => {
  const { requests, baseUrl } = await testGateway(answer(200, transcript))
  const body = { audio: path as unknown as Blob }
  await expect(createClient({ baseUrl }).POST('/audio-to-text', { body })).rejects.toThrow(
    'audio is not a file (String)',
  )
  expect(requests).toEqual([])
})

test('sends an open file', async () => {
  const { requests, baseUrl } = await testGateway(answer(200, transcript))
  await using audio = await open(path)
  await createClient({ baseUrl }).audioToText({ audio })
  expect(((await formOf(requests[0])).get('audio') as File).size).toBe(wav.length)
})

test.each(unusable)('throws a FileError of one line for %s', async (_, input, message) => {
  const { baseUrl } = await testGateway(answer(200, transcript))
  const error: unknown = await createClient({ baseUrl })
    .audioToText({ audio: input() as FileInput })
    .catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(FileError)
  expect(error).toHaveProperty('message', expect.stringContaining(message))
  expect((error as Error).message).not.toContain('\n')
})

test('progress counts the bytes of the body and ends with all of them', async () => {
  const { requests, baseUrl } = await testGateway(answer(200, transcript))
  const seen: UploadProgress[] = []
  await createClient({ baseUrl }).audioToText({ audio: path, onUploadProgress: (progress) => seen.push(progress) })
  const total = requests[0]?.body.length
  expect(seen.length).toBeGreaterThan(3)
  expect(seen.map(({ loaded }) => loaded)).toEqual(seen.map(({ loaded }) => loaded).toSorted((a, b) => a - b))
  expect(seen.every((progress) => progress.total === total)).toBe(true)
  expect(seen.at(-1)?.loaded).toBe(total)
})

test('an error in onUploadProgress ends the call', async () => {
  const { requests, baseUrl } = await testGateway(answer(200, transcript))
  const enough = new RangeError('enough')
  const onUploadProgress = ({ loaded }: UploadProgress) => {
    if (loaded > 0) throw enough
  }
  await expect(createClient({ baseUrl }).audioToText({ audio: path, onUploadProgress })).rejects.toBe(enough)
  expect(requests.length).toBeLessThanOrEqual(1)
})

async function openFiles(): Promise<string[]> {
  const descriptors = await readdir('/proc/self/fd')
  return Promise.all(descriptors.map((descriptor) => readlink(`/proc/self/fd/${descriptor}`).catch(() => '')))
}

test.runIf(platform === 'linux')('a file is closed when it is sent, and when it is not', async () => {
  const { baseUrl } = await testGateway(answer(200, transcript), ({ request }) =>
    request.once('data', () => request.socket.resetAndDestroy()),
  )
  const large = join(folder, 'large.wav')
  await writeFile(large, new Uint8Array(32e6))
  const client = createClient({ baseUrl, retries: 0 })
  await client.audioToText({ audio: large })
  await expect(client.audioToText({ audio: large })).rejects.toThrow('failed')
  await vi.waitFor(async () => expect(await openFiles()).not.toContain(large))
})

/** Sends only the first chunk before it receives a response. */
const fetchEarly: typeof fetch = async (url, init) => {
  const reader = new Response(init?.body).body?.getReader()
  for (let pulls = 0; pulls < 2; pulls++) await reader?.read()
  return fetch(url, { method: 'POST' })
}

test('cancels a stream after only its beginning was sent', async () => {
  let isCancelled = false
  const { baseUrl } = await testGateway(({ response }) => void response.writeHead(413).end('{}'))
  const audio = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(10)),
    cancel: () => void (isCancelled = true),
  })
  await expect(createClient({ baseUrl, fetch: fetchEarly }).audioToText({ audio })).rejects.toMatchObject({
    status: 413,
  })
  await vi.waitFor(() => expect(isCancelled).toBe(true))
})
