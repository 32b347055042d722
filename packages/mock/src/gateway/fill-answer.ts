import type { Answer } from '@livepeer-ai/openapi/gateways'
import { textResponse } from '@livepeer-ai/server'

/** Returns the answer of a deviation as a response, with values in place of its variables. */
export function fillAnswer(
  { status, connection, headers = {}, mediaType, body }: Answer,
  documented: Response,
  words: { token: string; message: string },
): Response {
  if (connection === 'closed') return Response.error()
  const values = new Map(
    Object.entries({ ...words, seconds: '7', date: new Date(Date.now() + 86_400_000).toUTCString() }),
  )
  const fill = (text: string, encode = (value: string) => value) =>
    text.replaceAll(/\{(\w+)\}/g, (variable, name: string) => {
      const value = values.get(name)
      return value === undefined ? variable : encode(value)
    })
  const filled = new Headers(Object.entries(headers).map(([name, value]): [string, string] => [name, fill(value)]))
  if (mediaType) filled.set('content-type', mediaType)
  const isSameStatus = status === undefined || status === documented.status
  const kept = isSameStatus ? ['x-request-id', 'allow', 'www-authenticate'] : []
  for (const name of ['access-control-allow-origin', ...kept]) {
    const value = documented.headers.get(name)
    if (value !== null && !filled.has(name)) filled.set(name, value)
  }
  return textResponse(body ? fill(body, escapeJson) : null, {
    status: status ?? documented.status,
    headers: filled,
  })
}

/** Escapes text for use inside a JSON string. */
function escapeJson(value: string): string {
  return JSON.stringify(value).slice(1, -1)
}
