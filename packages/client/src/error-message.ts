/**
 * What a gateway says in an error body, in one line, whatever envelope it uses:
 * `{detail:{msg}}`, `{detail:[{loc,msg}]}`, `{detail:"…"}`, `{error:{message}}`, `{errors:["…"]}` or plain text.
 * Undefined when it says nothing that a person could read.
 */
export function errorMessage(body: unknown): string | undefined {
  const line = words(body)
    .replaceAll(/\s+/g, ' ')
    .replace(/^[: ]+/, '')
    .trim()
  return line.startsWith('<') ? undefined : line.slice(0, 500) || undefined
}

/** The fields in which envelopes keep their words, outermost first. */
const fields = ['detail', 'error', 'errors', 'msg', 'message', 'title']

function words(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(words).filter(Boolean).join('; ')
  if (typeof value !== 'object' || value === null) return ''
  const body = value as Record<string, unknown>
  const said = fields.map((field) => words(body[field])).find(Boolean) ?? ''
  return Array.isArray(body['loc']) ? `${body['loc'].join('.')}: ${said}` : said
}
