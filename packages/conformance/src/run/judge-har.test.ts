import { expect, test } from 'vitest'
import { HarError, judgeHar } from './judge-har.ts'

const secret = 'tok-3n-0f-a-caller'

interface Recorded {
  method?: string
  url?: string
  status?: number
  type?: string
  body?: unknown
}

/** A recording of these exchanges with a gateway under a path of its own, all with the same token. */
const recording = (...entries: Recorded[]) =>
  JSON.stringify({
    log: {
      version: '1.2',
      entries: entries.map(({ method = 'POST', url = 'https://gw.example/ai/audio-to-text', ...answer }) => ({
        startedDateTime: '2026-01-01T00:00:00.000Z',
        time: 5,
        request: {
          method,
          url,
          headers: [
            { name: 'Authorization', value: `Bearer ${secret}` },
            { name: 'Cookie', value: 'session=abcdefgh12345' },
          ],
          postData: { text: `metadata=${secret}` },
        },
        response: {
          status: answer.status ?? 200,
          statusText: '',
          headers: [{ name: 'Content-Type', value: answer.type ?? 'application/json' }],
          content: { text: JSON.stringify(answer.body ?? { text: 'he might', chunks: [] }) },
        },
      })),
    },
  })

const options = { url: '' }
const faults = async (...entries: Recorded[]) => {
  const { checks } = await judgeHar(recording(...entries), options)
  return checks.filter(({ verdict }) => verdict === 'FAIL' || verdict === 'WARN').map(({ id }) => id)
}

test('traffic that is as documented passes, and costs nothing', async () => {
  const { counts, cost, target, run, conclusion } = await judgeHar(recording({}, {}), options)
  expect([counts.FAIL, counts.WARN, counts.ERROR]).toEqual([0, 0, 0])
  expect([cost.requests, cost.audioSeconds]).toEqual([0, 0])
  expect([target.url, run.profile, conclusion.exitCode]).toEqual(['https://gw.example', 'full', 0])
})

test('an answer that is not as documented fails, and is drift', async () => {
  const { checks, drift } = await judgeHar(recording({ status: 418, body: { error: 'no' } }), options)
  expect(checks.find(({ id }) => id === 'ER-04')!.verdict).toBe('FAIL')
  expect(checks.find(({ id }) => id === 'DR-02')!.verdict).toBe('FAIL')
  expect(drift.map((finding) => finding.class)).toContain('undocumented-error-status')
})

test('a failure of the server is no mistake of the suite: nobody knows what was sent', async () => {
  expect(await faults({ status: 500, body: { detail: { msg: 'out of order' } } })).toEqual([])
})

test('another method is not held to what the contract says of the operation', async () => {
  expect(await faults({}, { method: 'GET', status: 404, body: { detail: { msg: 'not here' } } })).toEqual([])
})

test('what the gateway says about itself is compared as well', async () => {
  const own = { openapi: '3.1.0', info: { title: 'x', version: '1' }, paths: {} }
  const description = { method: 'GET', url: 'https://gw.example/ai/openapi.json', body: own }
  const { drift } = await judgeHar(recording({}, description), options)
  expect(drift.map((finding) => finding.class)).toContain('operation-removed')
})

test('credentials are in no part of the report, and an answer that repeats them is a finding', async () => {
  const report = await judgeHar(
    recording({ status: 401, body: { detail: { msg: `${secret} and abcdefgh12345 are unknown` } } }),
    options,
  )
  expect(JSON.stringify(report)).not.toMatch(new RegExp(`${secret}|abcdefgh12345`))
  expect(report.exchanges[0]!.curl).toContain('Bearer $TOKEN')
  expect(report.checks.find(({ id }) => id === 'AU-09')!.verdict).toBe('FAIL')
})

test.each([
  ['{', 'The recording is not JSON.'],
  ['{}', 'The recording is no HTTP Archive: it has no log.entries.'],
  ['{"log":{"entries":[{}]}}', 'Entry 1 of the recording has no request with a URL, or no response.'],
  [recording({ url: 'https://gw.example/health' }), 'The recording has no exchange with /audio-to-text.'],
])('%s is refused', async (text, message) => {
  await expect(judgeHar(text, options)).rejects.toThrow(new HarError(message))
})
