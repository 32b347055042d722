import type { ReceivedResponse } from '../exchange.ts'

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

/**
 * A text in which each of these secrets reads `{token}`. One that is as short as a word counts only where it stands as a word,
 * and a few letters (`--token x`) are no secret: cut out of whatever holds them, they would make nonsense of every answer.
 */
export function redactText(text: string, secrets: readonly string[]): string {
  return secrets.reduce((left, secret) => {
    if (secret.length >= 8) return left.replaceAll(secret, tokenMark)
    if (secret.length < 4) return left
    const word = secret.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    return left.replaceAll(new RegExp(`(?<![A-Za-z0-9])${word}(?![A-Za-z0-9])`, 'g'), tokenMark)
  }, text)
}

/** An answer without these secrets: a gateway that repeats one must not make it known. */
export function redactResponse(response: ReceivedResponse, secrets: readonly string[]): ReceivedResponse {
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
