import { findContent } from '@livepeer-ai/server'

/** The part of Prism's operations that describes the body of a request. */
interface DescribedBody {
  request?: { body?: { contents?: { mediaType: string; schema?: unknown; encodings?: unknown }[] } }
}

/**
 * Returns a function that returns an operation of Prism for a body that has been read: it validates
 * the value as JSON, by the schema of this media type. Prism itself takes the first type with the
 * same suffix. A body that is not readable has no schema.
 */
export function createReadBodyOperations<O extends DescribedBody>(): (
  operation: O,
  mediaType: string,
  isReadable: boolean,
) => O {
  const known = new WeakMap<O, Map<string, O>>()
  return (operation, mediaType, isReadable) => {
    if (!mediaType) return operation
    const ofType = known.get(operation) ?? new Map<string, O>()
    known.set(operation, ofType)
    const changed = ofType.get(mediaType) ?? change(operation, mediaType, isReadable)
    ofType.set(mediaType, changed)
    return changed
  }
}

function change<O extends DescribedBody>(operation: O, mediaType: string, isReadable: boolean): O {
  const { contents = [], ...body } = operation.request?.body ?? {}
  const content = findContent(Object.fromEntries(contents.map((one) => [one.mediaType, one])), mediaType)
  if (!content) return operation
  const { schema } = content
  const read = { ...content, mediaType: 'application/json', schema: isReadable ? schema : undefined, encodings: [] }
  return { ...operation, request: { ...operation.request, body: { ...body, contents: [read] } } }
}
