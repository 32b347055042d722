import { isObject, resolveSchema, type MediaType, type OpenAPI } from '@livepeer-ai/openapi'
import type { Issue } from '../http/http-error.ts'
import { essence, isOneOf } from '../http/media-type.ts'
import type { MultipartForm, ReceivedFile } from './multipart.ts'
import { partKindOf, type PartKind } from './part-kind.ts'

const anyBytes = 'application/octet-stream'

/** A property of a form, as the description documents its part. */
interface Part {
  name: string
  isRequired: boolean
  kind: PartKind
  /** The media types of a file; empty: any. */
  mediaTypes: string[]
}

/** Returns a function that finds missing parts, and files and texts in each other's place. */
export function createFormCheck(
  description: OpenAPI,
  media: MediaType | undefined,
): (form: MultipartForm<unknown>) => Issue[] {
  const parts = listParts(description, media)
  return (form) => parts.flatMap((part) => checkPart(part, form))
}

function listParts(description: OpenAPI, media: MediaType | undefined): Part[] {
  const { properties, required } = mergeAllOf(description, media?.schema)
  return [...properties].map(([name, property]) => {
    const contentType = media?.encoding?.[name]?.contentType
    return {
      name,
      isRequired: required.has(name),
      kind: partKindOf(description, property, contentType),
      mediaTypes: contentType?.split(',').map(essence) ?? [],
    }
  })
}

interface Members {
  properties: Map<string, unknown>
  required: Set<unknown>
}

/** Returns the properties of a schema and of those that it extends. */
function mergeAllOf(
  description: OpenAPI,
  schema: unknown,
  seen = new Set<unknown>(),
  found: Members = { properties: new Map(), required: new Set() },
): Members {
  const resolved = resolveSchema(description, schema)
  if (seen.has(resolved)) return found
  seen.add(resolved)
  const { properties, required, allOf } = resolved
  for (const [name, property] of Object.entries(isObject(properties) ? properties : {}))
    found.properties.set(name, property)
  for (const name of Array.isArray(required) ? required : []) found.required.add(name)
  for (const part of Array.isArray(allOf) ? allOf : []) mergeAllOf(description, part, seen, found)
  return found
}

function checkPart({ name, isRequired, kind, mediaTypes }: Part, { texts, files }: MultipartForm<unknown>): Issue[] {
  const refuse = (msg: string, type: string): Issue[] => [{ loc: ['body', name], msg, type }]
  const ownFiles = files.filter((file) => file.name === name)
  // An object may be sent as one part for each property: `meta[a]`.
  const ownTexts = texts.filter((text) => text.name === name || text.name.startsWith(`${name}[`))
  const isText = ownTexts.length > 0
  if (!ownFiles.length && !isText) return isRequired ? refuse('Field required', 'missing') : []
  // An empty text stands for no file.
  if (kind === 'file' && !ownFiles.length && !isRequired && ownTexts.every(({ value }) => value === '')) return []
  if (kind === 'file' && !ownFiles.length) return refuse('Expected a file, received text', 'file_expected')
  if (kind === 'text' && !isText) return refuse('Expected text, received a file', 'text_expected')
  if (kind === 'file' && isRequired && ownFiles.at(-1)?.size === 0) return refuse('The file is empty', 'file_empty')
  const other = ownFiles.find((file) => !isAccepted(file, mediaTypes))
  return other ? refuse(`Expected ${mediaTypes.join(' or ')}, received ${other.mediaType}`, 'media_type') : []
}

/**
 * Returns true for a file of a documented media type, and for one whose type is unknown.
 * application/octet-stream is the default of OpenAPI for a file. Written out, it excludes no type.
 */
function isAccepted({ mediaType, isTyped }: ReceivedFile<unknown>, mediaTypes: readonly string[]): boolean {
  if (!mediaTypes.length || mediaTypes.includes(anyBytes)) return true
  return !isTyped || mediaType === anyBytes || isOneOf(mediaType, mediaTypes)
}
