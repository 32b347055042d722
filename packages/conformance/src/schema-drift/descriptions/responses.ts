import { resolveReference, type OpenAPI, type Reference, type Response } from '@livepeer-ai/openapi'
import { normalizeSchema } from '@livepeer-ai/openapi/normalize-schema'
import { pointerTo, type Draft } from '../../drift-finding.ts'
import type { NormalSchema } from '../schemas/schema.ts'
import { compareContent, normalizeContent, type ResponsePlace } from './content.ts'
import { collapseEnvelopes, type BodyDraft } from './error-envelope.ts'
import type { Side } from './side.ts'

/** Compares the responses: statuses, headers, media types, schemas. */
export function compareResponses(our: Side, their: Side, operation: string): Draft[] {
  const pointer = pointerTo(operation, 'responses')
  const [ours, theirs] = [our.source.responses ?? {}, their.source.responses ?? {}]
  const removed = Object.keys(ours)
    .filter((status) => !findResponse(theirs, status))
    .map((status) => statusRemoved(pointerTo(pointer, status), status))
  const others = Object.entries(theirs).flatMap(([status, response]) => {
    const theirResponse = resolveReference<Response>(their.description, response)
    const known = findResponse(ours, status)
    if (!known)
      return [undocumentedStatus(pointerTo(pointer, status), status, toPlainResponse(their.description, theirResponse))]
    const ourResponse = resolveReference<Response>(our.description, known.response)
    return compareResponse(
      { description: our.description, response: ourResponse },
      { description: their.description, response: theirResponse },
      { pointer: pointerTo(pointer, known.key), status },
    )
  })
  return [...removed, ...collapseEnvelopes(others, pointer)]
}

/** Finds the response that documents a status: its own, that of its range, or `default`. */
export function findResponse(
  responses: Record<string, Response | Reference>,
  status: string,
): { key: string; response: Response | Reference } | undefined {
  for (const key of [status, `${status.charAt(0)}XX`, 'default']) {
    const response = Object.hasOwn(responses, key) ? responses[key] : undefined
    if (response) return { key, response }
  }
  return undefined
}

const statusRemoved = (pointer: string, status: string): Draft => ({
  class: status.startsWith('2') ? 'success-status-removed' : 'error-status-removed',
  pointer,
  status,
  message: `${status} is not declared`,
  changes: [{ pointer, action: 'remove' }],
})

/** Makes the draft of a status that the contract lacks. */
export function undocumentedStatus(pointer: string, status: string, response: Response): Draft {
  return {
    class: status.startsWith('2') ? 'undocumented-success-status' : 'undocumented-error-status',
    pointer,
    status,
    message: `${status} is not documented`,
    changes: [{ pointer, action: 'set', value: response }],
  }
}

/** Writes out the references of a response, and drops its headers. */
function toPlainResponse(description: OpenAPI, { description: text, content = {} }: Response): Response {
  const plain = Object.entries(content).map(
    ([mediaType, { schema = {} }]) =>
      [mediaType, { schema: normalizeSchema(description, schema) as NormalSchema }] as const,
  )
  return { description: text, ...(plain.length && { content: Object.fromEntries(plain) }) }
}

interface ResponseSide {
  description: OpenAPI
  response: Response
}

function compareResponse(our: ResponseSide, their: ResponseSide, place: ResponsePlace): BodyDraft[] {
  return [
    ...compareHeaders(our.response, their.response, place),
    ...compareContent(
      normalizeContent(our.description, our.response.content),
      normalizeContent(their.description, their.response.content),
      place,
    ),
  ]
}

function compareHeaders(
  { headers: ours = {} }: Response,
  { headers: theirs = {} }: Response,
  { pointer, status }: ResponsePlace,
): Draft[] {
  const names = new Set(Object.keys(theirs).map((name) => name.toLowerCase()))
  return Object.keys(ours)
    .filter((name) => !names.has(name.toLowerCase()))
    .map((name) => ({ name, pointer: pointerTo(pointer, 'headers', name) }))
    .map(({ name, pointer: at }) => ({
      class: 'response-header-missing',
      pointer: at,
      status,
      message: `${name} is not declared`,
      changes: [{ pointer: at, action: 'remove' }],
    }))
}
