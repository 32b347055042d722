import { containerOf } from '../container-of.ts'

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
  /** True if a form can be read: the content type names a boundary and the body uses it. */
  boundary?: boolean | undefined
  token?: 'none' | 'wrong' | 'right' | undefined
  /** The scheme of the `Authorization` header, in lower case. */
  scheme?: string | undefined
  /** The `Origin` header that a browser sends. */
  origin?: string | undefined
  /** Text parts by name. */
  fields?: Record<string, string> | undefined
  /** File parts by name. */
  files?: Record<string, FileFacts> | undefined
  /** True if the form has a part that the contract does not name. */
  unknownPart?: boolean | undefined
  /** The status that the gateway answers with, deviations aside. */
  status?: number | undefined
  /** A state of the gateway that no request shows, for example `no-orchestrator`. */
  state?: string | undefined
}

export interface FileFacts {
  bytes?: number | undefined
  seconds?: number | undefined
  /** In lower case, for example `wav`. */
  container?: string | undefined
  /** True if a decoder finds sound in it. */
  decodable?: boolean | undefined
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
  /**
   * The parts of the body, empty if it is not a form; undefined if they are unreadable or unknown.
   */
  form?: { fields: Record<string, string>; files: Record<string, FileFacts> } | undefined
  /** True if a form can be read; undefined if that is not known. */
  boundary?: boolean | undefined
  /** The names of the parts that the contract has for this form; empty if it has no form. */
  partNames?: ReadonlySet<string> | undefined
}

/** Returns the facts of one request. */
export function toRequestFacts(request: RequestSource): RequestFacts {
  const { method, path, header, isToken, form, boundary, partNames } = request
  const [, scheme, credentials] = /^(\S+) +(\S+)$/.exec(header('authorization') ?? '') ?? []
  const mediaType = header('content-type')?.split(';')[0]?.trim().toLowerCase()
  const names = form && [...Object.keys(form.fields), ...Object.keys(form.files)]
  return {
    method,
    path: path.split('?')[0],
    token: credentials === undefined ? 'none' : isToken(credentials) ? 'right' : 'wrong',
    scheme: scheme?.toLowerCase(),
    mediaType: mediaType || undefined,
    boundary: mediaType === 'multipart/form-data' ? boundary : undefined,
    origin: header('origin') ?? undefined,
    ...form,
    unknownPart: partNames && names && partNames.size > 0 && names.some((name) => !partNames.has(name)),
  }
}

/**
 * Returns the facts of a file of `bytes` bytes that begins with `head`.
 * Only a WAV file states its length: the byte rate is at offset 28, the samples follow byte 44.
 */
export function toFileFacts(head: Uint8Array, bytes: number): FileFacts {
  const container = containerOf(head)
  const { buffer, byteOffset, byteLength } = head
  const bytesPerSecond =
    container === 'wav' && byteLength >= 32 ? new DataView(buffer, byteOffset, byteLength).getUint32(28, true) : 0
  return {
    bytes,
    decodable: container !== undefined,
    container,
    seconds: bytesPerSecond > 0 ? (bytes - 44) / bytesPerSecond : undefined,
  }
}
