import { escapeRegExp } from '@livepeer-ai/openapi'
import type { ReceivedResponse } from '../exchange.ts'

/** Placeholder for a secret. */
const tokenMark = '{token}'

/** Headers, in lower case, that carry credentials. */
export const secretHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'set-cookie',
  'proxy-authorization',
  'x-api-key',
])

/**
 * Replaces secrets with `{token}`.
 * A secret of less than 8 characters is replaced only as a whole word, and one of less than 4
 * never:
 * `--token x` would garble every response.
 */
export function redactText(text: string, secrets: readonly string[]): string {
  return secrets.reduce((left, secret) => {
    if (secret.length >= 8) return left.replaceAll(secret, tokenMark)
    if (secret.length < 4) return left
    const word = new RegExp(`(?<![A-Za-z0-9])${escapeRegExp(secret)}(?![A-Za-z0-9])`, 'g')
    return left.replaceAll(word, tokenMark)
  }, text)
}

/** Removes secrets from a response, in case the gateway repeats one. */
export function redactResponse(response: ReceivedResponse, secrets: readonly string[]): ReceivedResponse {
  const { reason, headers, body } = response
  if (secrets.length === 0) return response
  return {
    ...response,
    reason: redactText(reason, secrets),
    headers: headers.map(([name, value]) => [name, redactText(value, secrets)] as const),
    body: secrets.some((secret) => body.includes(secret))
      ? Buffer.from(redactText(body.toString('latin1'), secrets), 'latin1')
      : body,
  }
}
