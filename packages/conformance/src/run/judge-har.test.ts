import { gateways } from '@livepeer-ai/openapi/gateways'
import { expect, test } from 'vitest'
import { HarError } from '../wire/read-har.ts'
import { judgeHar } from './judge-har.ts'

const secret = 'tok-3n-0f-a-caller'

interface RecordedExchange {
  method?: string
  url?: string
  status?: number
  type?: string
  body?: unknown
}

/** Records exchanges with a gateway under a path of its own, all with the same token. */
const record = (...entries: RecordedExchange[]) =>
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
const findFaults = async (...entries: RecordedExchange[]) => {
  const { checks } = await judgeHar(record(...entries), options)
  return checks.filter(({ verdict }) => verdict === 'FAIL' || verdict === 'WARN').map(({ id }) => id)
}

test('passes documented traffic without costs', async () => {
  const { counts, cost, target, run, conclusion } = await judgeHar(record({}, {}), options)
  expect([counts.FAIL, counts.WARN, counts.ERROR]).toEqual([0, 0, 0])
  expect([cost.requests, cost.audioSeconds]).toEqual([0, 0])
  expect([target.url, run.profile, conclusion.exitCode]).toEqual(['https://gw.example/ai', 'full', 0])
})

test('fails an undocumented response and reports it as drift', async () => {
  const { checks, drift } = await judgeHar(record({ status: 418, body: { error: 'no' } }), options)
  expect(checks.find(({ id }) => id === 'ER-04')?.verdict).toBe('FAIL')
  expect(checks.find(({ id }) => id === 'DR-02')?.verdict).toBe('FAIL')
  expect(drift.map((finding) => finding.class)).toContain('undocumented-error-status')
})

test('accepts a server error, because the recorded request may have been valid', async () => {
  expect(await findFaults({ status: 500, body: { detail: { msg: 'out of order' } } })).toEqual([])
})

test('does not apply the contract of the operation to another method', async () => {
  expect(await findFaults({}, { method: 'GET', status: 404, body: { detail: { msg: 'not here' } } })).toEqual([])
})

test('compares the published description of the gateway', async () => {
  const own = { openapi: '3.1.0', info: { title: 'x', version: '1' }, paths: {} }
  const description = { method: 'GET', url: 'https://gw.example/ai/openapi.json', body: own }
  const { drift } = await judgeHar(record({}, description), options)
  expect(drift.map((finding) => finding.class)).toContain('operation-removed')
})

test('removes credentials from the report and reports a response that repeats them', async () => {
  const report = await judgeHar(
    record({ status: 401, body: { detail: { msg: `${secret} and abcdefgh12345 are unknown` } } }),
    options,
  )
  expect(JSON.stringify(report)).not.toMatch(new RegExp(`${secret}|abcdefgh12345`))
  // A recording may lack the bytes of an upload.
  expect(report.exchanges[0]?.curl).toBeUndefined()
  expect(report.checks.find(({ id }) => id === 'AU-09')?.verdict).toBe('FAIL')
})

const named = Object.values(gateways).flatMap(({ name, servers }) =>
  servers.filter((server) => server.startsWith('https:')).map((server) => ({ name, server })),
)

test.each([...new Set(named.map(({ server }) => server))])(
  'expects the deviations of the gateway at %s',
  async (server) => {
    const { target } = await judgeHar(record({ url: `${server.replace(/\/$/, '')}/audio-to-text` }), options)
    const owners = named.filter((other) => other.server === server).map(({ name }) => name)
    expect([owners.includes(target.gateway ?? ''), target.resembles]).toEqual([true, undefined])
  },
)

test.each([
  ['{', 'The recording is not JSON.'],
  ['{}', 'The recording is not an HTTP Archive: it has no log.entries.'],
  ['{"log":{"entries":[{}]}}', 'Entry 1 of the recording has no request with a URL, or no response.'],
  [record({ url: 'https://gw.example/health' }), 'The recording has no exchange with /audio-to-text.'],
])('rejects %s', async (text, message) => {
  await expect(judgeHar(text, options)).rejects.toThrow(new HarError(message))
})
