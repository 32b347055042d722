/** Where the gateways put what they have to say: names joined by dots, tried in this order. A string is the message, a list holds one entry for each issue. */
export const envelopes = ['detail.msg', 'detail', 'error.message', 'errors'] as const

export type Envelope = (typeof envelopes)[number]

/** An error answer in one shape, whatever envelope the gateway uses. */
export interface NormalizedError {
  status: number
  /** One line for a person to read; never empty. */
  message: string
  /** What is wrong with which part of the request, when the gateway says so. */
  issues?: NormalizedIssue[]
  /** The body as received, '' for none. It may repeat the caller's token: do not log it. */
  raw: string
}

export interface NormalizedIssue {
  /** The path to the value, outermost first, for example `body`, `audio`. Empty when the gateway names none. */
  loc: (string | number)[]
  msg: string
  type: string
}

/** What go-livepeer puts before a message by mistake, and the caller's token, which Livepeer Studio repeats in one. */
const unwanted = /^: |(?<=^no token) .*(?= found$)/s

/**
 * Reads the body of an error answer.
 *
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

/** The members of an issue that are read, as FastAPI and Ajv name them. */
interface WireIssue {
  loc?: (string | number)[]
  msg?: unknown
  type?: string
  instancePath?: string
  keyword?: string
  message?: unknown
  params?: { missingProperty?: string; additionalProperty?: string }
}

/** One entry of a list: FastAPI's `{ loc, msg, type }`, an error of Ajv (often encoded as JSON), or plain words. */
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

/** An HTML page is known by its title, text speaks for itself, bytes say nothing. */
const words = (contentType: string | null | undefined, raw: string): string | undefined =>
  contentType && !/text|json/.test(contentType) ? undefined : /^\s*</.test(raw) ? /<title>([^<]*)/i.exec(raw)?.[1] : raw

/** One line that a person reads. */
const clean = (message: unknown) => String(message).replace(unwanted, '').replace(/\s+/g, ' ').trim().slice(0, 300)

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
