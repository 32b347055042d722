export { scenario } from './scenario.ts'
import { createClient, type FileInput } from '@livepeer-ai/client'
import { digest, recording, seenAt, type Place } from './scenario.ts'

const bytes = recording()
const stream = () => new Blob([bytes]).stream()

async function* inPieces() {
  for (let at = 0; at < bytes.length; at += 70_000) yield bytes.subarray(at, at + 70_000)
}

/** A Blob that is not an instance of the global class. */
class OtherBlob {
  readonly #blob = new Blob([bytes])
  readonly name = 'a.wav'
  readonly type = ''
  readonly size = bytes.length
  slice = (from?: number, to?: number) => this.#blob.slice(from, to)
  arrayBuffer = () => this.#blob.arrayBuffer()
}

function shared(): SharedArrayBuffer | undefined {
  if (typeof SharedArrayBuffer === 'undefined') return undefined
  const buffer = new SharedArrayBuffer(bytes.length)
  new Uint8Array(buffer).set(bytes)
  return buffer
}

/** Evaluates an expression about `given` in another realm: a context of node:vm, or a frame. */
function elsewhere(expression: string, path: string | undefined): unknown {
  if (path) return process.getBuiltinModule('node:vm').runInNewContext(expression, { given: bytes })
  if (typeof document === 'undefined') return undefined
  const frame = document.body.appendChild(document.createElement('iframe'))
  return (frame.contentWindow as unknown as { Function: FunctionConstructor }).Function(
    'given',
    `return ${expression}`,
  )(bytes)
}

const locked = () => {
  const taken = stream()
  taken.getReader()
  return taken
}
const consumed = async () => {
  const taken = stream()
  await new Response(taken).arrayBuffer()
  return taken
}
const readResponse = async () => {
  const response = new Response(bytes)
  await response.arrayBuffer()
  return response
}

/**
 * Creates each kind of input; undefined in runtimes that do not have the kind. A function stands
 * for a value that must not be awaited.
 */
const inputs: Record<string, (path: string | undefined) => unknown> = {
  'path of a file': (path) => path ?? '/talk.wav',
  'path of a missing file': () => '/nowhere/talk.wav',
  'file URL': (path) => new URL(`file://${path ?? '/talk.wav'}`),
  'file URL as text': (path) => `file://${path ?? '/talk.wav'}`,
  'web address': () => 'https://a.example/talk.wav',
  FileHandle: (path) => path && process.getBuiltinModule('node:fs/promises').open(path),
  'fs.ReadStream': (path) => path && process.getBuiltinModule('node:fs').createReadStream(path),
  Readable: (path) => path && process.getBuiltinModule('node:stream').Readable.from([bytes]),
  'async generator': () => inPieces(),
  File: () => new File([bytes], 'talk.wav'),
  Blob: () => new Blob([bytes]),
  'empty Blob': () => new Blob([]),
  'Blob of another library': () => new OtherBlob(),
  Uint8Array: () => bytes,
  Int16Array: () => new Int16Array(bytes.buffer),
  Float64Array: () => new Float64Array(bytes.buffer),
  BigInt64Array: () => new BigInt64Array(bytes.buffer),
  DataView: () => new DataView(bytes.buffer),
  ArrayBuffer: () => bytes.buffer,
  SharedArrayBuffer: () => shared(),
  'view of shared memory': () => {
    const buffer = shared()
    return buffer && new Uint8Array(buffer)
  },
  'Uint8Array of another realm': (path) => elsewhere('new Uint8Array(given)', path),
  'ArrayBuffer of another realm': (path) => elsewhere('Uint8Array.from(given).buffer', path),
  ReadableStream: () => stream(),
  'ReadableStream with name and size': () => ({ stream: stream(), name: 'live.wav', size: bytes.length }),
  'locked stream': locked,
  'consumed stream': consumed,
  'stream of text': () => new ReadableStream({ pull: (controller) => controller.enqueue('RIFF') }),
  Response: () => new Response(bytes),
  'Response that was read': readResponse,
  'Response with status 404': () => new Response('no', { status: 404 }),
  '{ uri, name, type } of React Native': () => ({ uri: 'file:///talk.wav', name: 'talk.wav', type: 'audio/wav' }),
  'Promise of bytes': () => () => Promise.resolve(bytes),
  '{ path }': () => ({ path: '/talk.wav' }),
  number: () => 7,
  null: () => null,
}

/**
 * Sends each kind of input. Resolves to the outcomes by kind: `sent`, `not there`, or the message
 * of the FileError that was thrown before a request was sent.
 */
export async function tryInputs({ gateway, path }: Place): Promise<Record<string, string>> {
  const expected = await digest(bytes)
  const outcomes: Record<string, string> = {}
  for (const [kind, create] of Object.entries(inputs)) {
    const created = await create(path)
    const audio = (typeof created === 'function' ? created() : created) as FileInput
    outcomes[kind] = audio === undefined ? 'not there' : await trySending(gateway, audio, expected)
  }
  return outcomes
}

async function trySending(gateway: string, audio: FileInput, expected: string): Promise<string> {
  const seen = await seenAt(gateway)
  const client = createClient({ baseUrl: `${gateway}/echo`, retries: 0 })
  try {
    const { text } = await client.audioToText({ audio })
    const { sha256 } = JSON.parse(text) as { sha256: string }
    return sha256 === expected ? 'sent' : 'WRONG: other bytes arrived'
  } catch (error) {
    const { name, message } = error as Error
    const isSent = (await seenAt(gateway)).length > seen.length
    const problem = `${isSent ? 'WRONG: a request was sent, ' : ''}${name === 'FileError' ? '' : `WRONG: ${name}, `}`
    // The reason is the runtime's own.
    return `${problem}${message.replace(/(?<=broke off): .*/s, '')}`
  }
}
