import { afterAll, expect, test, vi } from 'vitest'
import { toDriftFinding } from '../drift-finding.ts'
import { judgeHar } from './judge-har.ts'

// Test files share modules, and this one replaces one.
vi.hoisted(() => vi.resetModules())
afterAll(() => vi.resetModules())

const message = 'no answer had status 401'

vi.mock(import('../schema-drift/find-drift.ts'), async (load) => {
  const { findDrift } = await load()
  return {
    findDrift: (sources) => {
      const pointer = '/paths/~1audio-to-text/post/responses/401'
      const draft = { class: 'documented-status-never-produced' as const, pointer, status: '401', message }
      const { findings, ...others } = findDrift(sources)
      return { ...others, findings: [...findings, toDriftFinding(draft, 'answers')] }
    },
  }
})

const har = JSON.stringify({
  log: {
    entries: [
      {
        startedDateTime: '2026-11-22T12:00:00.000Z',
        request: { method: 'POST', url: 'http://gateway.example/audio-to-text', httpVersion: 'HTTP/1.1', headers: [] },
        response: {
          status: 401,
          statusText: 'Unauthorized',
          httpVersion: 'HTTP/1.1',
          headers: [{ name: 'Content-Type', value: 'application/json' }],
          content: { text: '{"detail":{"msg":"no"}}' },
        },
      },
    ],
  },
})

test.each(['full', 'smoke'] as const)(
  'a finding that the exchanges disprove is an ERROR in profile %s',
  async (profile) => {
    const { conclusion, checks, drift } = await judgeHar(har, { url: '', profile })
    expect(conclusion).toEqual({ exitCode: 70, text: expect.stringMatching(/DR-02 failed, a fault of this suite/) })
    const faults = checks.filter(({ verdict }) => verdict === 'ERROR')
    expect(faults).toMatchObject([{ id: 'DR-02', findings: [{ message: expect.stringContaining(message) }] }])
    expect(drift.map((finding) => finding.message)).not.toContain(message)
  },
)
