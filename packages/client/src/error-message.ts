/**
 * What a gateway says in an error body, in one line, whatever envelope it uses: `{detail:{msg}}`, `{detail:[{loc,msg}]}`,
 * `{detail:"…"}`, `{error:{message}}`, `{errors:["…"]}` or plain text. Undefined when that is nothing for a person to read.
 */
export function errorMessage(body: unknown): string | undefined {
  const line = words(body)
    .replaceAll(/\s+/g, ' ')
    .replace(/^[: ]+/, '')
  return line.startsWith('<') ? undefined : line.trim().slice(0, 300) || undefined
}

/** The fields in which envelopes keep their words, outermost first. */
const fields = ['detail', 'error', 'errors', 'msg', 'message', 'title']

function words(value: unknown): string {
  if (typeof value === 'string') return value.startsWith('{') ? words(parsed(value)) : value
  if (Array.isArray(value)) return value.map(words).filter(Boolean).join('; ')
  if (typeof value !== 'object' || value === null) return ''
  const body: Record<string, unknown> = { ...value }
  const said = fields.map((field) => words(body[field])).find(Boolean) ?? ''
  return Array.isArray(body['loc']) ? `${body['loc'].join('.')}: ${said}` : said
}

/** Livepeer Studio puts the JSON of its validator into a string. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
