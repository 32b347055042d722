import { isSecret } from '../calls/call.ts'

/** Returns the secrets in the headers and the query of a request, longest first. */
export function findSecrets(headers: Headers, url: string): string[] {
  const query = [...new URL(url).searchParams]
  const values = [...headers, ...query].filter(([name]) => isSecret(name)).map(([, value]) => value)
  const parts = values.flatMap((value) => [value, ...value.split(/[\s;,]+/).map((part) => part.replace(/^[^=]+=/, ''))])
  // Values of less than four characters would match everywhere.
  return [...new Set(parts)]
    .filter((part) => part.length >= 4 && !/^(bearer|basic)$/i.test(part))
    .toSorted((left, right) => right.length - left.length)
}

/** Replaces plain and URL-encoded secrets with `***`. */
export function redactSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .reduce((rest, secret) => rest.replaceAll(secret, '***'), text)
}
