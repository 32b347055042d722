/**
 * The places of error messages in gateway responses: property names joined by dots, tried in this
 * order. A string is the message; a list has one entry per issue.
 */
export const envelopes = ['detail.msg', 'detail', 'error.message', 'errors'] as const

export type Envelope = (typeof envelopes)[number]

/** An error response in one shape for all envelopes. */
export interface NormalizedError {
  status: number
  /** One readable line, never empty. */
  message: string
  /** The issues with parts of the request, if the gateway lists them. */
  issues?: NormalizedIssue[]
  /** The body as received; '' for no body. It may contain the client's token: do not log it. */
  raw: string
}

export interface NormalizedIssue {
  /**
   * The path to the value, outermost first, for example `body`, `audio`. Empty if the gateway names
   * no place.
   */
  loc: (string | number)[]
  msg: string
  type: string
}

/**
 * The prefix that go-livepeer adds to messages by mistake, and the token that Livepeer Studio
 * repeats in one.
 */
const unwanted = /^: |(?<=^no token) .*(?= found$)/s

/**
 * Parses the body of an error response.
 * @example
 * normalizeError(400, 'application/json', '{"error":{"message":": boom"}}').message // 'boom'
 */
export function normalizeError(status: number, contentType: string | null | undefined, raw = ''): NormalizedError {
  const say = (message = '') => ({ status, message: clean(message) || `HTTP ${status}`, raw })
  const body = parse(raw)
  for (const envelope of envelopes) {
    const value = envelope
      .split('.')
      .reduce<unknown>((node, key) => (Object(node) as Record<string, unknown>)[key], body)
    if (value && typeof value === 'string') return say(value)
    if (Array.isArray(value)) {
      const issues = value.map(toIssue)
      return { ...say(issues.map(line).join('; ')), ...(issues.some(isLocated) && { issues }) }
    }
  }
  return say(body === undefined ? words(contentType, raw) : '')
}

/** The members of an issue that are read, with the names of FastAPI and Ajv. */
interface WireIssue {
  loc?: (string | number)[]
  msg?: unknown
  type?: string
  instancePath?: string
  keyword?: string
  message?: unknown
  params?: { missingProperty?: string; additionalProperty?: string }
}

/**
 * Parses one list entry: FastAPI's `{ loc, msg, type }`, an Ajv error (often encoded as JSON), or
 * plain text.
 */
function toIssue(entry: unknown): NormalizedIssue {
  const text = typeof entry === 'string' ? entry : JSON.stringify(entry)
  const { loc, msg, type, instancePath, keyword, message, params } = Object(parse(text)) as WireIssue
  const path = `body${instancePath}/${params?.missingProperty ?? params?.additionalProperty ?? ''}`
  return {
    loc: Array.isArray(loc) ? loc : (keyword && path.match(/[^/]+/g)) || [],
    msg: clean(msg ?? message ?? text),
    type: type ?? keyword ?? '',
  }
}

const isLocated = ({ loc }: NormalizedIssue) => loc[0]

const line = (issue: NormalizedIssue) => (isLocated(issue) ? `${issue.loc.join('.')}: ${issue.msg}` : issue.msg)

/** Returns the title of an HTML page, or the text itself. Binary bodies have no words. */
const words = (contentType: string | null | undefined, raw: string): string | undefined =>
  contentType && !/text|json/.test(contentType) ? undefined : /^\s*</.test(raw) ? /<title>([^<]*)/i.exec(raw)?.[1] : raw

/** Returns one readable line. */
const clean = (message: unknown) => String(message).replace(unwanted, '').replace(/\s+/g, ' ').trim().slice(0, 300)

// oxlint-disable-next-line typescript/consistent-return -- each byte counts in browsers
function parse(text: string): unknown {
  try {
    // A reviver throws for a value that is nested too deeply to be printed.
    return JSON.parse(text, (_, value: unknown) => value)
  } catch {
    // It is text.
  }
}
