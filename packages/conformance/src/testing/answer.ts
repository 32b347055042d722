import type { Exchange } from '../exchange.ts'

interface Circumstances {
  token?: boolean
  type?: string | null
  method?: string
  target?: string
}

/** Returns an exchange with this answer. */
export function answer(
  status: number,
  body: unknown,
  { token = true, type = 'application/json', method = 'POST', target = '/base/audio-to-text' }: Circumstances = {},
): Exchange {
  return {
    request: {
      plan: { seconds: 0 },
      id: 'x',
      url: `http://gateway.example${target}`,
      method,
      target,
      headers: token ? [['Authorization', 'Bearer {token}']] : [],
      body: Buffer.alloc(0),
      facts: {},
    },
    response: {
      httpVersion: '1.1',
      status,
      reason: '',
      headers: type === null ? [] : [['Content-Type', type]],
      body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
      interim: [],
      headersMs: 1,
      faults: [],
    },
    startedAt: '2026-11-22T12:00:00.000Z',
    ms: 1,
  }
}
