import { isSecret } from '../calls/call.ts'

/** The secrets of a request: the values of such headers, without their scheme, and of such query parameters. */
export function secretsOf(headers: Headers, url: string): string[] {
  const query = [...new URL(url).searchParams]
  const values = [...headers, ...query].filter(([name]) => isSecret(name)).map(([, value]) => value)
  const parts = values.flatMap((value) => [value, ...value.split(/[\s;,]+/).map((part) => part.replace(/^[^=]+=/, ''))])
  // What is too short to be a secret would turn up everywhere.
  return [...new Set(parts)]
    .filter((part) => part.length >= 4 && !/^(bearer|basic)$/i.test(part))
    .toSorted((a, b) => b.length - a.length)
}

/** Puts `***` wherever one of the secrets stands, as it is or as a URL has it. */
export function cutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .reduce((rest, secret) => rest.replaceAll(secret, '***'), text)
}
