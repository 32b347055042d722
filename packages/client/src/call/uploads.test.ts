import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { createClient, GatewayError } from '../index.ts'
import { answer, testGateway, type Behaviour } from '../testing/test-gateway.ts'

const audio = new File([new Uint8Array(100_000).fill(7)], 'speech.wav')
const silence = 'no answer in time'
const status = (code: number): [string, Behaviour] => [String(code), answer(code, {}, { 'retry-after': '0' })]

/** The behavior of a gateway in each attempt. */
const events: [event: string, behaviour: Behaviour][] = [
  ...[408, 429, 500, 502, 503, 504].map(status),
  ['200 without a transcript', answer(200, 'null')],
  ['connection reset before the body', ({ request }) => request.socket.resetAndDestroy()],
  ['connection reset during the body', ({ request }) => request.once('data', () => request.socket.resetAndDestroy())],
  [
    'connection reset after the body',
    async ({ request, body }) => {
      await body()
      request.socket.resetAndDestroy()
    },
  ],
  [silence, ({ body }) => body()],
]

/** Returns the number of whole uploads that a gateway receives for one call. */
async function countUploads(behaviour: Behaviour, retryBilled: boolean, timeoutMs: number): Promise<number> {
  const { requests, baseUrl } = await testGateway(behaviour)
  const call = createClient({ baseUrl, retryBilled, timeoutMs }).audioToText({ audio })
  await expect(call).rejects.toBeInstanceOf(GatewayError)
  return requests.filter(({ body }) => body.length > audio.size).length
}

test('the README counts the uploads that one call makes', async () => {
  const rows = await Promise.all(
    events.map(async ([event, behaviour]) => {
      const timeoutMs = event === silence ? 1500 : 30_000
      const counts = [false, true].map((retryBilled) => countUploads(behaviour, retryBilled, timeoutMs))
      return [event, ...(await Promise.all(counts))]
    }),
  )
  const cells = [['In each attempt', 'whole uploads', 'with `retryBilled`'], ['---', '--:', '--:'], ...rows]
  const table = cells.map((row) => `| ${row.join(' | ')} |`).join('\n')
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
  expect(/<!-- uploads:start -->\s*<!-- oxfmt-ignore -->\n(.*?)\n\n<!-- uploads:end -->/s.exec(readme)?.[1]).toBe(table)
})
