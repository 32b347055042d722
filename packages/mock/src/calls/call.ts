/** A request that reached the mock. */
export interface MockCall {
  /** Undefined if the request matches no operation. */
  operationId?: string | undefined
  method: string
  path: string
  /** Headers by name in lower case. Secrets are replaced with `***`. */
  headers: Record<string, string>
  fields: Record<string, string>
  files: { name: string; filename?: string | undefined; mediaType: string; size: number; sha256: string }[]
  /** The value of a JSON body. */
  body?: unknown
  /** The status of the response; 0 for a connection that was reset. */
  status: number
}

/** A call before it is answered. */
export type PendingCall = Omit<MockCall, 'status'>

/** Conditions on a call. All of them must hold. */
export interface CallMatcher {
  operationId?: string
  method?: string
  path?: string
  status?: number
  fields?: Record<string, string>
  filename?: string
}

export function matchesCall(
  call: PendingCall & { status?: number },
  { fields = {}, filename, ...same }: CallMatcher = {},
): boolean {
  return (
    Object.entries(same).every(([key, value]) => call[key as keyof typeof same] === value) &&
    Object.entries(fields).every(([name, value]) => call.fields[name] === value) &&
    (filename === undefined || call.files.some((file) => file.filename === filename))
  )
}

/** Returns true if a header or query parameter of this name contains a secret. */
export function isSecret(name: string): boolean {
  return secretName.test(name) || /^(code|key|pin|sig)$/i.test(name)
}

const secretName =
  /auth(?!ors?\b|or_)|cookie|(?<!idempotency)[-_]key$|api_?-?key|subscription-key|token(?!s$|s_|_count$|ize)|secret|passw|passphrase|pwd|jwt|session|credential|signature/i

/** Returns headers with `***` in place of secrets. The scheme of credentials is kept. */
export function redactHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    [...headers].map(([name, value]) => [name, isSecret(name) ? value.replace(/^(\w+ +)?.*$/s, '$1***') : value]),
  )
}
