import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startMock, type Mock } from '../index.ts'

interface Transcript {
  text: string
  chunks: { timestamp: [number, number]; text: string }[]
}

/** 2.9 s long according to its header. */
const clip = await readFile(new URL('../../../conformance/fixtures/speech/austen-0930.wav', import.meta.url))
const clipSeconds = (clip.length - 44) / 32_000

let mock: Mock
beforeAll(async () => {
  mock = await startMock({ port: 0, dynamic: true, seed: 'usual' })
})
afterAll(() => mock.close())

async function post(
  fields: Record<string, string>,
  prefer?: string,
  audio: Uint8Array<ArrayBuffer> = new Uint8Array(clip),
): Promise<Transcript> {
  const body = new FormData()
  body.append('audio', new File([audio], 'clip.wav'))
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  const headers = { authorization: 'Bearer x', ...(prefer !== undefined && { prefer }) }
  const response = await fetch(`${mock.url}/audio-to-text`, { method: 'POST', headers, body })
  expect(response.status).toBe(200)
  return (await response.json()) as Transcript
}

test.each([{}, { return_timestamps: 'sentence' }, { return_timestamps: 'word' }])(
  'dynamic chunks (%j) are ordered, within the recording, and add up to the text',
  async (fields) => {
    for (const seed of ['1', '2', '3']) {
      const { text, chunks } = await post(fields, `dynamic=true, seed=${seed}`)
      expect(chunks.map((chunk) => chunk.text).join(' ')).toBe(text)
      const times = chunks.flatMap(({ timestamp }) => timestamp)
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      expect(times.at(-1)).toBeLessThanOrEqual(clipSeconds)
      expect(times.at(-1)).toBeGreaterThan(clipSeconds / 2)
    }
  },
)

test('dynamic chunks of words are single words, and a longer recording has more of them', async () => {
  const longer = Buffer.concat([clip, ...Array.from({ length: 5 }, () => clip.subarray(44))])
  const [short, long] = await Promise.all(
    [clip, longer].map((audio) => post({ return_timestamps: 'word' }, 'seed=1', new Uint8Array(audio))),
  )
  expect(short?.chunks.every((chunk) => /^[A-Za-z]+\.?$/.test(chunk.text))).toBe(true)
  expect(long?.chunks.length).toBeGreaterThan(4 * short!.chunks.length)
})

test('returns text without chunks for return_timestamps=false', async () => {
  expect(await post({ return_timestamps: 'false' })).toEqual({ text: expect.stringMatching(/\w+\.$/), chunks: [] })
})

test('the seed determines the transcript, and a preference overrides the options', async () => {
  const usual = await post({})
  expect(await post({})).toEqual(usual)
  expect(await post({}, 'seed=other')).not.toEqual(usual)
  expect(await post({}, 'dynamic=false')).toMatchObject({ text: expect.stringContaining('young man') })
})

test('refuses an invalid request although responses are dynamic', async () => {
  const response = await fetch(`${mock.url}/audio-to-text`, {
    method: 'POST',
    headers: { authorization: 'Bearer x' },
    body: new FormData(),
  })
  expect(response.status).toBe(422)
})
