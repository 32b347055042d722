import { STATUS_CODES } from 'node:http'
import { textResponse } from '@livepeer-ai/server'

/** What the description has no answer for, as problem details (RFC 9457). */
export function problemResponse(status: number, detail: string): Response {
  const body = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail }
  return textResponse(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json' } })
}
