import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { loadScenarios, runContract } from '@livepeer-ai/conformance'
import { createGateway, WorkerTranscriber, type Transcriber } from '@livepeer-ai/gateway'
import * as contract from '@livepeer-ai/openapi/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'

const folder = new URL('../../packages/conformance/', import.meta.url)
const shipped = await loadScenarios(new URL('scenarios/audio-to-text.yaml', folder), contract)
const maxBytes = 200_000

const transcriber = new WorkerTranscriber()
/** Rejects a recording with this name, to test the answer to a failure. */
const breakable: Transcriber = {
  load: () => transcriber.load(),
  close: () => transcriber.close(),
  transcribe: (input, options) =>
    input.filename === 'break.wav'
      ? Promise.reject(new Error('broken on purpose'))
      : transcriber.transcribe(input, options),
}

let gateway: Awaited<ReturnType<ReturnType<typeof createGateway>['listen']>>
beforeAll(async () => {
  gateway = await createGateway({ transcriber: breakable, tokens: ['good'], maxBytes }).listen({
    port: 0,
    host: '127.0.0.1',
  })
  await transcriber.load()
})
afterAll(() => gateway.close(0))

test('the local gateway answers every status as documented', async () => {
  // This gateway ignores `prefer` and has its own reasons for these statuses.
  const reasons = new Set(['200', '400', '401', '413', '415', '422'])
  const scenarios = shipped.filter(({ operationId, status }) => `${operationId} ${status}` !== 'genAudioToText 500')
  const provoked = scenarios.map((scenario) => (reasons.has(scenario.status) ? { ...scenario, prefer: '' } : scenario))
  const broken = {
    ...shipped.find(({ operationId, status }) => `${operationId} ${status}` === 'genAudioToText 200')!,
    status: '500',
    parts: { audio: { file: '../fixtures/speech/austen-0930.wav', filename: 'break.wav' } },
  }
  const report = await runContract({
    url: gateway.url,
    contract,
    scenarios: [...provoked, broken],
    token: 'good',
    maxBytes,
  })
  expect(
    report.results.flatMap(({ status, scenario, problems }) =>
      problems.map(({ message }) => `${status} ${scenario}: ${message}`),
    ),
  ).toEqual([])
  const preferred = provoked.filter(({ prefer }) => prefer).length
  const pass = provoked.length + 1 - preferred
  expect(report.counts).toEqual({ pass, fail: 0, known: 0, uncovered: 0, 'not-provoked': preferred })
})

test('nine recordings at once are all transcribed, and none is mixed up with another', async () => {
  const names = ['austen-0880.wav', 'austen-0890.wav', 'austen-0930.mp3']
  const openings: Record<string, RegExp> = {
    'austen-0880.wav': /^he was not/i,
    'austen-0890.wav': /^unless/i,
    'austen-0930.mp3': /^he might/i,
  }
  const clips = await Promise.all(names.map((name) => readFile(new URL(`fixtures/speech/${name}`, folder))))
  const texts = await Promise.all(
    Array.from({ length: 9 }, async (_, index) => {
      const body = new FormData()
      body.append('audio', new File([clips[index % 3]!], names[index % 3]!))
      const response = await fetch(`${gateway.url}/audio-to-text`, {
        method: 'POST',
        headers: { authorization: 'Bearer good' },
        body,
      })
      return ((await response.json()) as { text: string }).text
    }),
  )
  for (const [index, text] of texts.entries()) expect(text).toMatch(openings[names[index % 3]!]!)
})

const part = (disposition: string, content: string, header = '') =>
  `--b\r\nContent-Disposition: form-data; ${disposition}\r\n${header}\r\n${content}\r\n`
const whole = `${part('name="return_timestamps"', 'word')}${part('name="audio"; filename="a.wav"', 'RIFF', 'Content-Type: audio/wav\r\n')}--b--\r\n`

/** Ways to damage a body; each gets a source of numbers below a bound. */
const damages: ((random: (below: number) => number) => string)[] = [
  (random) => whole.slice(0, random(whole.length)),
  (random) => whole.replaceAll('--b', `--${'c'.repeat(random(80))}`),
  (random) => Array.from(whole, (character) => (random(20) ? character : String.fromCharCode(random(256)))).join(''),
  (random) => String.fromCharCode(...Array.from({ length: random(2000) }, () => random(256))),
  (random) => part('name="audio"; filename="a.wav"', 'RIFF', `X-Large: ${'x'.repeat(random(40_000))}\r\n`) + whole,
  (random) => part('name="audio"; filename="a.wav"', 'RIFF').repeat(random(40)) + whole,
  (random) => part(`name="${'n'.repeat(random(3000))}"`, 'v').repeat(random(150)) + whole,
  (random) => whole.replaceAll('\r\n', ['\n', '\r', '\r\n\r\n', ''][random(4)]!),
  (random) => whole.replace('RIFF', String.fromCharCode(...Array.from({ length: random(500) }, () => random(256)))),
  (random) => `${'preamble'.repeat(random(500))}\r\n${whole}${'epilogue'.repeat(random(500))}`,
]

test('answers 2,000 damaged uploads in time and without a 5xx', async () => {
  // A seeded generator, so that every run sends the same bodies.
  let seed = 1
  const random = (below: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % Math.max(1, below)
  const statuses: Record<string, number> = {}
  for (let round = 0; round < 2000; round += 4) {
    const bodies = [0, 1, 2, 3].map((offset) =>
      Buffer.from(damages[(round + offset) % damages.length]!(random), 'latin1'),
    )
    for (const status of await Promise.all(bodies.map(answerTo))) statuses[status] = (statuses[status] ?? 0) + 1
  }
  expect(Object.keys(statuses).filter((status) => !/^(200|400|413|415|422)$/.test(status))).toEqual([])
  expect(Object.keys(statuses).length).toBeGreaterThan(2)
}, 120_000)

/** Returns the status of the answer, or the reason why there is none. */
function answerTo(body: Buffer): Promise<string> {
  const { hostname, port } = new URL(gateway.url)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname)
    let received = ''
    socket.setTimeout(5000, () => {
      resolve('no answer within 5 s')
      socket.destroy()
    })
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1')
      const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(received) ?? []
      if (status) {
        resolve(status)
        socket.destroy()
      }
    })
    socket.on('error', (error) => resolve(error.message))
    socket.on('close', () => resolve('closed without an answer'))
    socket.write(
      `POST /audio-to-text HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: ${body.length}\r\n\r\n`,
    )
    socket.write(body)
  })
}
