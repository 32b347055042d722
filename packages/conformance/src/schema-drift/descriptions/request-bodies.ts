import { resolveReference, type RequestBody } from '@livepeer-ai/openapi'
import { pointerTo, type Draft } from '../../drift-finding.ts'
import { compareSchemas } from '../schemas/compare-schemas.ts'
import { normalizeContent } from './content.ts'
import type { Side } from './side.ts'

/** Compares the request bodies: required or not, media types, schemas. */
export function compareRequestBodies(our: Side, their: Side, operation: string): Draft[] {
  const pointer = pointerTo(operation, 'requestBody')
  const [ours, theirs] = [bodyOf(our), bodyOf(their)]
  if (!ours && !theirs) return []
  if (!theirs) {
    const message = 'a request body is not accepted'
    return [{ class: 'request-body-removed', pointer, message, changes: [{ pointer, action: 'remove' }] }]
  }
  return [
    ...(theirs.required && !ours?.required ? [bodyBecameRequired(pointer)] : []),
    ...compareMediaTypes(
      normalizeContent(our.description, ours?.content),
      normalizeContent(their.description, theirs.content),
      pointer,
    ),
  ]
}

function bodyOf({ description, source }: Side): RequestBody | undefined {
  return source.requestBody && resolveReference<RequestBody>(description, source.requestBody)
}

const bodyBecameRequired = (pointer: string): Draft => ({
  class: 'request-body-became-required',
  pointer,
  message: 'the request body is required',
  changes: [{ pointer: pointerTo(pointer, 'required'), action: 'set', value: true }],
})

function compareMediaTypes(ours: Map<string, unknown>, theirs: Map<string, unknown>, body: string): Draft[] {
  const at = (mediaType: string) => pointerTo(body, 'content', mediaType)
  const removed = [...ours.keys()]
    .filter((mediaType) => !theirs.has(mediaType))
    .map((mediaType): Draft => ({
      class: 'request-media-type-removed',
      pointer: at(mediaType),
      message: `${mediaType} is not accepted`,
      changes: [{ pointer: at(mediaType), action: 'remove' }],
    }))
  const others = [...theirs].flatMap(([mediaType, schema]): Draft[] => {
    const pointer = at(mediaType)
    if (ours.has(mediaType))
      return compareSchemas(ours.get(mediaType), schema, {
        direction: 'request',
        pointer: pointerTo(pointer, 'schema'),
      })
    const message = `${mediaType} is accepted too`
    const changes: Draft['changes'] = [{ pointer, action: 'set', value: { schema } }]
    return [{ class: 'request-media-type-added', pointer, message, changes }]
  })
  return [...removed, ...others]
}
