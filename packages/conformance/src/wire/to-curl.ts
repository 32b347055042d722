import type { SentRequest } from '../exchange.ts'

/**
 * Returns a command that sends a request again, with `$TOKEN`; undefined if curl cannot send it.
 */
export function toCurl({ plan, method, url, headers, body: bytes }: SentRequest): string | undefined {
  const { body, delivery } = plan
  if (delivery) return undefined
  const words = ['curl', '-i', '-X', method, quote(url)]
  for (const [name, value] of headers) {
    if (['host', 'content-length', 'user-agent', 'connection'].includes(name.toLowerCase())) continue
    if (body && 'parts' in body && name.toLowerCase() === 'content-type') continue
    words.push(
      '-H',
      value.includes('{token}') ? `"${name}: ${value.replaceAll('{token}', '$TOKEN')}"` : quote(`${name}: ${value}`),
    )
  }
  if (!body) return words.join(' ')
  if (!('parts' in body)) {
    const text = bytes.toString()
    if (!Buffer.from(text).equals(bytes) || text.includes('\0') || text.length > 2_000) return undefined
    return [...words, '--data-binary', quote(text)].join(' ')
  }
  const { parts, ...changes } = body
  if (Object.keys(changes).length || parts.some(({ headers: own }) => own)) return undefined
  for (const { name, value, filename, type } of parts) {
    if (filename === undefined && typeof value !== 'string') return undefined
    const content = filename === undefined ? `${name}=${String(value)}` : `${name}=@${filename}`
    if (typeof value === 'string' && value.length > 2_000) return undefined
    words.push(
      filename === undefined ? '--form-string' : '-F',
      quote(type === undefined ? content : `${content};type=${type}`),
    )
  }
  return words.join(' ')
}

const quote = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
