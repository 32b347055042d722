import {
  findOperationObject,
  resolveReference,
  type MediaType,
  type OpenAPI,
  type Operation,
} from '@livepeer-ai/openapi'
import { accepts, essence, isJson } from '../../http/media-type.ts'

/** The documented body of an error. */
export interface DocumentedError {
  /** The media type in the description, which may be a range. */
  documented: string
  /** The media type to send. */
  mediaType: string
  media: MediaType
  kind: 'json' | 'problem' | 'text' | 'other'
  /** The path of the Media Type Object, without following references. */
  path: string[]
}

/**
 * Returns the documented body for an error of an operation, or undefined. JSON is preferred among
 * those that the client accepts.
 */
export function findDocumentedError(
  description: OpenAPI,
  operation: Operation,
  status: number,
  accept: string | null,
): DocumentedError | undefined {
  const { responses = {} } = findOperationObject(description, operation) ?? {}
  const code = [String(status), `${String(status)[0]}XX`, 'default'].find((key) => responses[key] !== undefined)
  const response = code === undefined ? undefined : responses[code]
  if (!response || code === undefined) return undefined
  const path = ['paths', operation.path, operation.method.toLowerCase(), 'responses', code, 'content']
  const all = Object.entries(resolveReference(description, response).content ?? {}).map(([documented, media]) => ({
    documented,
    media,
    path: [...path, documented],
    ...sent(documented),
  }))
  const acceptable = all.filter(({ mediaType }) => accepts(accept, [mediaType]))
  const candidates = acceptable.length ? acceptable : all
  return (['problem', 'json', 'text', 'other'] as const)
    .map((kind) => candidates.find((one) => one.kind === kind || (kind === 'json' && one.kind === 'problem')))
    .find(Boolean)
}

/** Returns the media type to send for a documented one, and its kind. */
function sent(documented: string): Pick<DocumentedError, 'mediaType' | 'kind'> {
  const type = essence(documented)
  if (type === '*/*' || type === 'application/*') return { mediaType: 'application/json', kind: 'json' }
  if (type.endsWith('/*')) return { mediaType: 'text/plain', kind: 'text' }
  if (type === 'application/problem+json') return { mediaType: documented, kind: 'problem' }
  if (isJson(type)) return { mediaType: documented, kind: 'json' }
  return { mediaType: documented, kind: type === 'text/plain' ? 'text' : 'other' }
}

/** Returns the examples of a Media Type Object by name. The one without a name is `default`. */
export function listExamples(description: OpenAPI, media: MediaType): Map<string, unknown> {
  const named = Object.entries(media.examples ?? {}).map(([name, example]): [string, unknown] => [
    name,
    resolveReference<{ value?: unknown }>(description, example).value,
  ])
  return new Map('example' in media ? [['default', media.example], ...named] : named)
}
