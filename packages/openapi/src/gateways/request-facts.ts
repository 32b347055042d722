import { toFileFacts, type FileFacts } from './file-facts.ts'
import { readForm, toLatin1, toText, type FormState } from './read-form.ts'

/**
 * The facts of a request that the conditions of a deviation test.
 * An undefined fact counts as absent.
 */
export interface RequestFacts {
  /** Upper case. */
  method?: string | undefined
  /** Relative to the gateway's base URL and without the query, for example `/audio-to-text`. */
  path?: string | undefined
  /** The media type of the request body, in lower case and without parameters. */
  mediaType?: string | undefined
  /** The `Content-Type` header as sent. */
  contentType?: string | undefined
  /** The framing of a multipart body. */
  form?: FormState | undefined
  token?: 'none' | 'wrong' | 'right' | undefined
  /** The scheme of the first `Authorization` header, in lower case. */
  scheme?: string | undefined
  /** The `Authorization` headers, with `*` in place of credentials, for example `Bearer *`. */
  authorization?: string | undefined
  /** The `Origin` header that a browser sends. */
  origin?: string | undefined
  /** Text parts by name. The last part of a name wins. */
  fields?: Record<string, string> | undefined
  /** File parts by name. The last part of a name wins. */
  files?: Record<string, FileFacts> | undefined
  /** The name of the first part that the contract does not have. */
  unknownPart?: string | undefined
  /** The name of the first text part that is sent again. */
  repeatedField?: string | undefined
  /** The status that the gateway answers with, deviations aside. */
  status?: number | undefined
  /** A state of the gateway that no request shows, for example `no-orchestrator`. */
  state?: string | undefined
}

/** The parts of a request that its facts are taken from. */
export interface RequestSource {
  method: string
  /** Relative to the gateway's base URL. A query is ignored. */
  path: string
  /** Returns the value of a request header by its name in lower case. */
  header: (name: string) => string | null | undefined
  /** Tells whether the credentials behind the scheme are the caller's token. */
  isToken: (credentials: string) => boolean
  /** The body; undefined if it is unknown. */
  body?: Uint8Array | undefined
  /** More about the parts than the body shows, or the parts of an unknown body. */
  form?: { fields: Record<string, string>; files: Record<string, FileFacts> } | undefined
  /** The names of the parts that the contract has for this form; empty if it has no form. */
  partNames?: ReadonlySet<string> | undefined
}

/** Returns the facts of one request. */
export function toRequestFacts(request: RequestSource): RequestFacts {
  const { method, path, header, isToken, body, partNames } = request
  const contentType = header('content-type') ?? undefined
  const mediaType = contentType?.split(';')[0]?.trim().toLowerCase() || undefined
  const sent = body ? readBody(contentType ?? '', mediaType, body) : unknownParts(request.form)
  const known = request.form?.files ?? {}
  const fields = Object.fromEntries(sent.fields)
  const files = Object.fromEntries(sent.files.map(([name, facts]) => [name, { ...facts, ...known[name] }]))
  const names = Object.keys({ ...fields, ...files })
  return {
    method,
    path: path.split('?')[0],
    ...credentialFacts(header('authorization') ?? '', isToken),
    mediaType,
    contentType,
    form: sent.state,
    origin: header('origin') ?? undefined,
    ...((body ?? request.form) && { fields, files }),
    unknownPart: partNames && partNames.size > 0 ? names.find((name) => !partNames.has(name)) : undefined,
    repeatedField: sent.fields.map(([name]) => name).find((name, index, all) => all.indexOf(name) !== index),
  }
}

function credentialFacts(
  authorization: string,
  isToken: RequestSource['isToken'],
): Pick<RequestFacts, 'token' | 'scheme' | 'authorization'> {
  // Fetch joins several headers with a comma. Servers read the first one.
  const headers = authorization ? authorization.split(', ') : []
  const [, scheme, credentials] = /^(\S+) +(\S.*)$/.exec(headers[0] ?? '') ?? []
  return {
    token: credentials === undefined ? 'none' : isToken(credentials) ? 'right' : 'wrong',
    scheme: scheme?.toLowerCase(),
    authorization: headers.map((one) => one.replace(/^(\S+ +)?.*$/, '$1*')).join(', ') || undefined,
  }
}

interface SentParts {
  state?: FormState
  fields: [name: string, value: string][]
  files: [name: string, facts: FileFacts][]
}

/** Returns the parts of a body that is unknown itself. */
function unknownParts(form: RequestSource['form']): SentParts {
  return { fields: Object.entries(form?.fields ?? {}), files: Object.entries(form?.files ?? {}) }
}

function readBody(contentType: string, mediaType: string | undefined, body: Uint8Array): SentParts {
  if (mediaType === 'application/x-www-form-urlencoded') return { fields: readPairs(toLatin1(body)), files: [] }
  if (!mediaType?.startsWith('multipart/')) return { fields: [], files: [] }
  const { state, parts } = readForm(contentType, body)
  return {
    state,
    fields: parts.filter(({ filename }) => filename === undefined).map(({ name, content }) => [name, toText(content)]),
    files: parts
      .filter(({ filename }) => filename !== undefined)
      .map(({ name, filename, mediaType: type, content }) => [
        name,
        { ...toFileFacts(content), filename, mediaType: type },
      ]),
  }
}

/** Reads a form that is not multipart (URL standard, section 5.1). */
function readPairs(text: string): [name: string, value: string][] {
  const decode = (part: string) => {
    const latin1 = part
      .replaceAll('+', ' ')
      .replaceAll(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    return toText(Uint8Array.from(latin1, (byte) => byte.charCodeAt(0)))
  }
  return text
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const [name = '', ...value] = pair.split('=')
      return [decode(name), decode(value.join('='))]
    })
}
