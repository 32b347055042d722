/** Returns a value of JSON as a YAML document. Texts are quoted as in JSON, which YAML includes. */
export function toYaml(value: unknown): string {
  const lines: string[] = []
  writeBlock(value, '', lines)
  return `${lines.join('\n')}\n`
}

function writeBlock(value: unknown, indent: string, lines: string[]): void {
  if (!isBlock(value)) {
    lines.push(indent + toScalar(value))
    return
  }
  const entries = Array.isArray(value)
    ? value.map((item): [string, unknown] => ['-', item])
    : Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([key, member]): [string, unknown] => [
          `${/^[A-Za-z][\w-]*$/.test(key) ? quoteWord(key) : JSON.stringify(key)}:`,
          member,
        ])
  for (const [head, member] of entries)
    if (isBlock(member)) {
      lines.push(indent + head)
      writeBlock(member, `${indent}  `, lines)
    } else lines.push(`${indent}${head} ${toScalar(member)}`)
}

/** Quotes words that YAML does not read as text. */
function quoteWord(word: string): string {
  return /^(true|false|null|yes|no|on|off|y|n)$/i.test(word) ? JSON.stringify(word) : word
}

function isBlock(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
}

function toScalar(value: unknown): string {
  return JSON.stringify(value) ?? 'null'
}
