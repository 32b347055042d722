/** A request that reached the mock. */
export interface MockCall {
  /** None for a request to no operation. */
  operationId?: string
  method: string
  path: string
  /** In lower case; what is secret in them is cut. */
  headers: Record<string, string>
  fields: Record<string, string>
  files: { name: string; filename?: string; mediaType: string; size: number; sha256: string }[]
  /** The value of a JSON body. */
  body?: unknown
  /** What was answered; 0 for a connection that was reset. */
  status: number
}

/** Which calls are meant: those that have all of this. */
export interface CallMatcher {
  operationId?: string
  method?: string
  path?: string
  status?: number
  fields?: Record<string, string>
  filename?: string
}

export function matches(
  call: Omit<MockCall, 'status'> & { status?: number },
  { fields = {}, filename, ...same }: CallMatcher = {},
): boolean {
  return (
    Object.entries(same).every(([key, value]) => call[key as keyof typeof same] === value) &&
    Object.entries(fields).every(([name, value]) => call.fields[name] === value) &&
    (filename === undefined || call.files.some((file) => file.filename === filename))
  )
}

/** Whether a header, or a parameter of a URL, holds what is nobody else's business. */
export const isSecret = (name: string): boolean =>
  /^(authorization|cookie|set-cookie|proxy-authorization|(x-)?api-?key)$|token|secret/i.test(name)

export function safeHeaders(headers: Headers): Record<string, string> {
  const safe: Record<string, string> = {}
  for (const [name, value] of headers) safe[name] = isSecret(name) ? value.replace(/^(\w+ +)?.*$/s, '$1***') : value
  return safe
}
