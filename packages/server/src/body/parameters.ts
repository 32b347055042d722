/**
 * Returns the parameters of a header such as Content-Disposition, by name in lower case. Each
 * character is read once, so that no header takes long.
 */
export function parseParameters(header: string): Record<string, string> {
  const found: Record<string, string> = {}
  let at = header.indexOf(';')
  while (at >= 0) {
    start.lastIndex = at
    const [whole, name] = start.exec(header) ?? []
    if (whole === undefined || name === undefined) {
      at = header.indexOf(';', at + 1)
      continue
    }
    const { value, end } = readValue(header, at + whole.length)
    found[name.toLowerCase()] = value
    at = header.indexOf(';', end)
  }
  return found
}

const start = /;\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*/y

interface Value {
  value: string
  end: number
}

function readValue(header: string, at: number): Value {
  if (header[at] === '"') return readQuoted(header, at + 1) ?? { value: '', end: at + 1 }
  plain.lastIndex = at
  const [value = ''] = plain.exec(header) ?? []
  return { value, end: at + value.length }
}

const plain = /[^\s;"]*/y

/**
 * Reads a quoted string (RFC 9110, 5.6.4). Browsers do not escape a backslash, so that one before
 * the closing quote is a part of the value.
 */
function readQuoted(header: string, at: number): Value | undefined {
  const close = header.indexOf('"', at)
  const simple = close < 0 ? '' : header.slice(at, close)
  if (close >= 0 && !simple.includes('\\')) return { value: simple, end: close + 1 }
  let value = ''
  for (let end = at; end < header.length; end++) {
    const character = header.charAt(end)
    const next = header[end + 1]
    if (character === '"') return { value, end: end + 1 }
    const isEscape = character === '\\' && (next === '\\' || (next === '"' && !endsParameter(header, end + 2)))
    value += isEscape ? next : character
    if (isEscape) end++
  }
  return undefined
}

/** Returns true if another parameter or nothing follows. */
function endsParameter(header: string, at: number): boolean {
  following.lastIndex = at
  return following.test(header)
}

const following = /\s*(?:$|;\s*[\w!#$%&'*+.^`|~-]+\s*=)/y
