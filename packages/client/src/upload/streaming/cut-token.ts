/** The last token with its pattern, because most clients have one token. */
let latest: { token: string; pattern: RegExp } | undefined

/**
 * Returns a function that replaces the token in a text with `[token]`, also if it is encoded for a
 * URL, in HTML or in Base64. A short token is replaced only as a word, as it is. Other values stay.
 */
export function toCutter(token = ''): <Value>(value: Value) => Value {
  if (!token) return (value) => value
  if (latest?.token !== token) latest = { token, pattern: toPattern(token) }
  const { pattern } = latest
  return (value) => (typeof value === 'string' ? value.replaceAll(pattern, '[token]') : value) as typeof value
}

function toPattern(token: string): RegExp {
  const isShort = token.length < 8
  const forms = Array.from(token, (character) => {
    const code = character.charCodeAt(0)
    return `(\\${character}|%${code.toString(16)}|&#(${code}|x${code.toString(16)});)`.replace(/\\(?=\w\|)/, '')
  })
  const base64 = btoa(token).replace(/.?=*$/, '').replaceAll(/\W/g, '\\$&')
  // The Base64 of a short token is the beginning of many words.
  const source = isShort ? `\\b${forms.join('')}\\b` : `${forms.join('')}|${base64}[\\w+/]?=*`
  return new RegExp(source, 'gi')
}
