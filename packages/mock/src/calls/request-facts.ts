import { resolveReference, type OpenAPI, type Operation, type Schema } from '@livepeer-ai/openapi'
import type { RequestFacts, FileFacts } from '@livepeer-ai/openapi/gateways'
import { essence, requestBodyOf, type FilePart } from '@livepeer-ai/server'

/** What the mock notes of a file while its bytes stream by. */
export interface FileNotes extends FileFacts {
  sha256: string
}

/** Magic bytes of the containers of recordings, at their offsets. */
const containers: [container: string, offset: number, magic: string][] = [
  ['wav', 8, 'WAVE'],
  ['flac', 0, 'fLaC'],
  ['ogg', 0, 'OggS'],
  ['webm', 0, '\x1A\x45\xDF\xA3'],
  ['m4a', 4, 'ftyp'],
  ['mp3', 0, 'ID3'],
  ['mp3', 0, '\xFF\xFB'],
  ['mp3', 0, '\xFF\xF3'],
  ['mp3', 0, '\xFF\xF2'],
]

/** What a recording is, as far as its first bytes tell. The length in seconds is known for WAV alone. */
export function fileFacts(head: Buffer, bytes: number): FileFacts {
  const text = head.toString('latin1')
  const container = containers.find(([, offset, magic]) => text.startsWith(magic, offset))?.[0]
  const bytesPerSecond = container === 'wav' && head.length >= 32 ? head.readUInt32LE(28) : 0
  return {
    bytes,
    decodable: container !== undefined,
    ...(container && { container }),
    ...(bytesPerSecond > 0 && { seconds: (bytes - 44) / bytesPerSecond }),
  }
}

interface Parts {
  fields: Record<string, string>
  files: (FilePart & { value: FileNotes })[]
}

/** The facts of a request that the deviations of a gateway are about. `parts` is undefined for a multipart body that cannot be read. */
export function exchangeOf(
  request: Request,
  path: string,
  parts: Parts | undefined,
  { token, known }: { token: string | undefined; known: ReadonlySet<string> },
): RequestFacts {
  const [, scheme, credentials] = /^(\S+) +(\S+)$/.exec(request.headers.get('authorization') ?? '') ?? []
  const contentType = request.headers.get('content-type')
  const origin = request.headers.get('origin')
  const names = [...Object.keys(parts?.fields ?? {}), ...(parts?.files ?? []).map(({ name }) => name)]
  return {
    method: request.method,
    path,
    token: credentials === undefined ? 'none' : token !== undefined && credentials !== token ? 'wrong' : 'right',
    ...(scheme && { scheme: scheme.toLowerCase() }),
    ...(contentType && { mediaType: essence(contentType) }),
    ...(contentType && essence(contentType) === 'multipart/form-data' && { boundary: parts !== undefined }),
    ...(origin && { origin }),
    ...(parts && {
      fields: parts.fields,
      files: Object.fromEntries(parts.files.map(({ name, value }) => [name, value])),
    }),
    unknownPart: names.some((name) => !known.has(name)),
  }
}

/** The names of the parts that an operation's form has. */
export function partNames(description: OpenAPI, operation: Operation): ReadonlySet<string> {
  const schema = requestBodyOf(description, operation)?.content['multipart/form-data']?.schema
  const { properties = {} } = (schema ? resolveReference<Schema>(description, schema) : {}) as { properties?: object }
  return new Set(Object.keys(properties))
}
