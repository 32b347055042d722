import { readFile } from 'node:fs/promises'
import { createClient, FileError, type AudioToTextOptions } from '@livepeer-ai/client'
import * as known from '@livepeer-ai/client/gateways'
import { startMock } from '@livepeer-ai/mock'
import { expect, test } from 'vitest'

const clips = new URL('../../packages/conformance/fixtures/speech/', import.meta.url)
const clip = async (name: string) => new File([await readFile(new URL(name, clips))], name)
const mp3 = await clip('austen-0930.mp3')
const wav = await clip('austen-0930.wav')

/** Starts a mock that imitates a gateway, and creates a client for it. */
async function startImitation(gateway: known.GatewayName) {
  const mock = await startMock({ port: 0, gateway, token: 'secret' })
  const path = new URL(known.gateways[gateway].servers[0] ?? '').pathname.replace(/\/$/, '')
  const options = { gateway, baseUrl: mock.url + path, token: 'secret' }
  return { ...mock, options, client: createClient(options) }
}

const names = (Object.keys(known.gateways) as known.GatewayName[]).filter((name) => name !== 'retired')
const calls: [description: string, options: Partial<AudioToTextOptions>][] = [
  ['plain', {}],
  ['all', { modelId: 'openai/whisper-large-v3', returnTimestamps: true, metadata: { job: 7 } }],
  ['empty', { modelId: '', metadata: {} }],
  ['untimed', { returnTimestamps: false }],
  ['word', { returnTimestamps: 'word' }],
]

test.each(names.flatMap((name) => calls.map(([description, options]) => [description, name, options] as const)))(
  'a call with %s options works on %s',
  async (_, name, options) => {
    await using gateway = await startImitation(name)
    const { text } = await gateway.client.audioToText({ audio: mp3, ...options })
    expect(text).not.toBe('')
    expect(gateway.calls).toHaveLength(1)
  },
)

const sent: [name: known.GatewayName, options: Partial<AudioToTextOptions>, fields: Record<string, string>][] = [
  [
    'ai-runner',
    { modelId: 'm', returnTimestamps: true, metadata: { a: 1 } },
    { model_id: 'm', return_timestamps: 'true', metadata: '{"a":1}' },
  ],
  ['go-livepeer', {}, { model_id: 'openai/whisper-large-v3' }],
  [
    'go-livepeer',
    { modelId: '', metadata: { a: 1 }, returnTimestamps: false },
    { model_id: 'openai/whisper-large-v3', return_timestamps: 'false' },
  ],
  ['livepeer-studio', { returnTimestamps: true, metadata: { a: 1 }, modelId: '' }, {}],
  ['livepeer-studio', { returnTimestamps: 'word', modelId: 'm' }, { return_timestamps: 'word', model_id: 'm' }],
]

test.each(sent)('sends %s only the supported fields of %j', async (name, options, fields) => {
  await using gateway = await startImitation(name)
  await gateway.client.audioToText({ audio: mp3, ...options }).catch(() => {})
  expect(gateway.calls[0]?.fields).toEqual(fields)
})

test('throws before it sends a file that the gateway refuses, unless checkFile is false', async () => {
  await using gateway = await startImitation('go-livepeer')
  const message = 'austen-0930.wav is wav, which go-livepeer gateway node refuses; it takes mp3, flac, m4a, webm'
  for (const audio of [wav, new Blob([wav]), await wav.arrayBuffer(), wav.stream()])
    await expect(gateway.client.audioToText({ audio })).rejects.toThrow(
      /is wav, which go-livepeer gateway node refuses/,
    )
  await expect(gateway.client.audioToText({ audio: wav })).rejects.toMatchObject({ name: 'FileError', message })
  expect(gateway.calls).toEqual([])
  const unchecked = gateway.client.audioToText({ audio: wav, checkFile: false })
  await expect(unchecked).rejects.toThrow(/answered 400, audio duration calculation failed$/)
})

test('recognizes a file by its content, not by its name', async () => {
  await using gateway = await startImitation('go-livepeer')
  const audio = new File([mp3], 'talk.wav', { type: 'audio/wav' })
  await expect(gateway.client.audioToText({ audio })).resolves.toHaveProperty('text')
})

test('throws before it sends a file over the limit of the gateway', async () => {
  await using gateway = await startImitation('livepeer-studio')
  const audio = new File([mp3, new Uint8Array(10_485_760)], 'talk.mp3')
  await expect(gateway.client.audioToText({ audio })).rejects.toEqual(
    new FileError(`talk.mp3 has ${audio.size} bytes, and Livepeer Studio takes 10485760 at most`),
  )
  expect(gateway.calls).toEqual([])
  const unchecked = gateway.client.audioToText({ audio, checkFile: false })
  await expect(unchecked).rejects.toThrow(/answered 422, File too large$/)
})

test('falls back to the next gateway with the fields that it supports', async () => {
  await using first = await startImitation('go-livepeer')
  await using second = await startImitation('ai-runner')
  const client = createClient({ ...first.options, fallbacks: [second.options] })
  await expect(client.audioToText({ audio: wav, metadata: { a: 1 }, returnTimestamps: true })).resolves.toBeDefined()
  expect(first.calls).toEqual([])
  expect(second.calls[0]?.fields).toEqual({ metadata: '{"a":1}', return_timestamps: 'true' })
})

test('accepts a gateway as a name, an alias or an object', async () => {
  const seen: string[] = []
  const fetch: typeof globalThis.fetch = async (url) => {
    seen.push(new Request(url).url)
    return Response.json({ text: '', chunks: [] })
  }
  for (const gateway of ['livepeer-cloud', 'livepeer-studio', known.livepeerCloud, known.livepeerStudio] as const)
    await createClient({ gateway, fetch }).audioToText({ audio: mp3 })
  const cloud = 'https://dream-gateway.livepeer.cloud/audio-to-text'
  const studio = 'https://livepeer.studio/api/beta/generate/audio-to-text'
  expect(seen).toEqual([cloud, studio, cloud, studio])
  // @ts-expect-error No gateway has this name.
  expect(() => createClient({ gateway: 'livepeer-studo' })).toThrow(
    /Did you mean 'livepeer-studio'\? Known: ai-runner,/,
  )
})

test('sends no token to a gateway that ignores it', async () => {
  await using gateway = await startImitation('go-livepeer')
  const headers: Headers[] = []
  const fetch: typeof globalThis.fetch = (url, init) => {
    headers.push(new Headers(init?.headers))
    return globalThis.fetch(url, init)
  }
  await createClient({ ...gateway.options, fetch }).audioToText({ audio: mp3 })
  expect(headers.map((it) => it.get('authorization'))).toEqual([null])
})

test('reports the 410 of a retired gateway', async () => {
  await using gateway = await startImitation('retired')
  await expect(gateway.client.audioToText({ audio: mp3 })).rejects.toThrow(
    /answered 410, this gateway has retired the operation: /,
  )
})
