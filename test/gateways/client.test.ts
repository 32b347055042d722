import { readFile } from 'node:fs/promises'
import { createClient, FileError, type AudioToTextOptions } from '@livepeer-ai/client'
import * as known from '@livepeer-ai/client/gateways'
import { startMock } from '@livepeer-ai/mock'
import { expect, test } from 'vitest'

const clips = new URL('../../packages/conformance/fixtures/speech/', import.meta.url)
const clip = async (name: string) => new File([await readFile(new URL(name, clips))], name)
const wav = await clip('short.wav')
const recordings = { mp3: await clip('short.mp3'), flac: await clip('short.flac'), wav }

const all: known.GatewayProfile[] = Object.values(known.gateways)
/** Gateways that accept a recording. */
const working = all.filter(({ containers }) => containers.accepted.length > 0)

/** Returns the first gateway with a property. */
function find(has: (gateway: known.GatewayProfile) => boolean): known.GatewayProfile {
  const found = working.find(has)
  if (!found) throw new Error('No gateway shows it.')
  return found
}
const refusesWav = find(({ containers }) => containers.refused.includes('wav'))
const acceptsWav = find(({ containers }) => containers.accepted.includes('wav'))

/** Returns a recording in a container that a gateway accepts, or any. */
function recordingFor({ containers }: known.GatewayProfile): File {
  const found = Object.entries(recordings).find(([container]) => containers.accepted.includes(container))
  return found?.[1] ?? wav
}

/** Starts a mock that imitates a gateway, and creates a client for it. */
async function startImitation(gateway: known.GatewayProfile) {
  const mock = await startMock({ port: 0, gateway: gateway.name, token: 'secret' })
  const path = new URL(gateway.servers[0] ?? '').pathname.replace(/\/$/, '')
  const options = { gateway, baseUrl: mock.url + path, token: 'secret' }
  return { ...mock, options, client: createClient(options), audio: recordingFor(gateway) }
}

const calls: [description: string, options: Partial<AudioToTextOptions>][] = [
  ['plain', {}],
  ['all', { modelId: 'openai/whisper-large-v3', returnTimestamps: true, metadata: { job: 7 } }],
  ['empty', { modelId: '', metadata: {} }],
  ['untimed', { returnTimestamps: false }],
  ['word', { returnTimestamps: 'word' }],
]
const rows = working.flatMap((gateway) =>
  calls.map(([description, options]) => [description, gateway.name, gateway, options] as const),
)

test.each(rows)('a call with %s options works on %s and sends only its fields', async (_, __, profile, options) => {
  await using gateway = await startImitation(profile)
  const { text } = await gateway.client.audioToText({ audio: gateway.audio, ...options })
  expect(text).not.toBe('')
  expect(gateway.calls).toHaveLength(1)
  const sent = gateway.calls[0]?.fields ?? {}
  const rules = profile.fields['genAudioToText'] ?? {}
  expect(Object.keys(rules)).toEqual(expect.arrayContaining(Object.keys(sent)))
  expect(Object.entries(rules).filter(([name, rule]) => !follows(rule, sent[name]))).toEqual([])
})

function follows(rule: known.FieldRule, value: string | undefined): boolean {
  if (value === undefined) return !rule.required
  return (
    (rule.enum?.includes(value) ?? true) &&
    (rule.pattern === undefined || new RegExp(rule.pattern).test(value)) &&
    value.length >= (rule.minLength ?? 0)
  )
}

test('throws before it sends a file that the gateway refuses, unless checkFile is false', async () => {
  await using gateway = await startImitation(refusesWav)
  const { title, containers } = refusesWav
  const message = `short.wav is wav, which ${title} refuses; it takes ${containers.accepted.join(', ')}`
  for (const audio of [wav, new Blob([wav]), await wav.arrayBuffer(), wav.stream()])
    await expect(gateway.client.audioToText({ audio })).rejects.toThrow(`is wav, which ${title} refuses`)
  await expect(gateway.client.audioToText({ audio: wav })).rejects.toMatchObject({ name: 'FileError', message })
  expect(gateway.calls).toEqual([])
  const unchecked = gateway.client.audioToText({ audio: wav, checkFile: false })
  await expect(unchecked).rejects.toThrow(/answered 400, audio duration calculation failed$/)
})

test('recognizes a file by its content, not by its name', async () => {
  await using gateway = await startImitation(refusesWav)
  const audio = new File([gateway.audio], 'talk.wav', { type: 'audio/wav' })
  await expect(gateway.client.audioToText({ audio })).resolves.toHaveProperty('text')
})

test('throws before it sends a file over the limit of the gateway', async () => {
  const profile = working.toSorted((one, other) => limitOf(one) - limitOf(other))[0]!
  await using gateway = await startImitation(profile)
  const audio = new File([gateway.audio, new Uint8Array(limitOf(profile))], 'talk.mp3')
  await expect(gateway.client.audioToText({ audio })).rejects.toEqual(
    new FileError(`talk.mp3 has ${audio.size} bytes, and ${profile.title} takes ${limitOf(profile)} at most`),
  )
  expect(gateway.calls).toEqual([])
  await expect(gateway.client.audioToText({ audio, checkFile: false })).rejects.toThrow(/answered 4\d\d, /)
})

function limitOf({ limits }: known.GatewayProfile): number {
  return limits.maxBytes ?? Infinity
}

test('falls back to the next gateway with the fields that it supports', async () => {
  await using first = await startImitation(refusesWav)
  await using second = await startImitation(acceptsWav)
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
  for (const gateway of working) {
    const audio = recordingFor(gateway)
    const forms = [gateway, gateway.name, ...gateway.aliases] as known.GatewayProfile[]
    for (const form of forms) await createClient({ gateway: form, fetch }).audioToText({ audio })
    expect(seen.splice(0)).toEqual(forms.map(() => `${gateway.servers[0]}/audio-to-text`))
  }
  // @ts-expect-error No gateway has this name.
  expect(() => createClient({ gateway: 'no-such-gateway' })).toThrow(/^Unknown gateway 'no-such-gateway'\. Known: /)
})

test.each(all.map((gateway) => [gateway.name, gateway] as const))(
  'sends a token to %s unless it ignores tokens',
  async (_, profile) => {
    await using gateway = await startImitation(profile)
    const headers: Headers[] = []
    const fetch: typeof globalThis.fetch = (url, init) => {
      headers.push(new Headers(init?.headers))
      return globalThis.fetch(url, init)
    }
    const call = createClient({ ...gateway.options, fetch }).audioToText({ audio: gateway.audio })
    await call.catch(() => {})
    const isIgnored = profile.authentication.token === 'ignored'
    expect(headers.map((it) => it.get('authorization'))).toEqual([isIgnored ? null : 'Bearer secret'])
  },
)

test.each(all.filter((one) => !working.includes(one)).map((gateway) => [gateway.name, gateway] as const))(
  'reports the 410 of %s',
  async (_, profile) => {
    await using mock = await startMock({ port: 0, gateway: profile.name })
    const client = createClient({ gateway: profile, baseUrl: mock.url })
    await expect(client.audioToText({ audio: wav })).rejects.toThrow(/ retired the operation/)
  },
)
