import type { ReceivedResponse } from './exchange.ts'

/** What stands for the caller's token wherever it would be seen. */
const tokenMark = '{token}'

/** Headers, in lower case, in which one side proves who it is. */
export const secretHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'set-cookie',
  'proxy-authorization',
  'x-api-key',
])

/** A text in which each of these secrets reads `{token}`. */
export const redactText = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((left, secret) => left.replaceAll(secret, tokenMark), text)

/** An answer without these secrets: a gateway that repeats one must not make it known. */
export function redact(response: ReceivedResponse, secrets: readonly string[]): ReceivedResponse {
  const { reason, headers, body } = response
  return {
    ...response,
    reason: redactText(reason, secrets),
    headers: headers.map(([name, value]) => [name, redactText(value, secrets)] as const),
    body: secrets.some((secret) => body.includes(secret))
      ? Buffer.from(redactText(body.toString('latin1'), secrets), 'latin1')
      : body,
  }
}
