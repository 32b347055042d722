/**
 * What a gateway says in an error body, in one line, whatever envelope it uses: `{detail:{msg}}`, `{detail:[{loc,msg}]}`,
 * `{detail:"…"}`, `{error:{message}}`, `{errors:["…"]}` or plain text. Empty when that is nothing for a person to read.
 */
export function errorMessage(body: unknown): string {
  const line = words(body)
    .replaceAll(/\s+/g, ' ')
    .replace(/^[: ]+/, '')
  return line.startsWith('<') ? '' : line.trim().slice(0, 300)
}

/** The fields in which envelopes keep their words, outermost first. */
const fields = ['detail', 'error', 'errors', 'msg', 'message', 'title']

function words(value: unknown): string {
  if (Array.isArray(value)) return value.map(words).join('; ')
  if (typeof value !== 'object' || !value) return typeof value === 'string' ? value : ''
  const body = value as Record<string, unknown>
  const said = fields.map((field) => words(body[field])).find(Boolean) ?? ''
  return Array.isArray(body['loc']) ? `${body['loc'].join('.')}: ${said}` : said
}
