import {
  listOperations,
  methods,
  resolveReference,
  type MediaType,
  type OpenAPI,
  type Operation,
  type OperationObject,
  type Reference,
  type RequestBody,
  type Response,
} from '@livepeer-ai/openapi'
import { normalizeSchema } from '@livepeer-ai/openapi/normalize-schema'
import { cleanSchema, compareSchemas, shapeOf, type NormalSchema } from '../schemas/compare-schemas.ts'
import { toDriftFinding, pointerTo, type Draft, type DriftChange, type DriftFinding } from '../../drift-finding.ts'
import { collapseEnvelopes, type BodyDraft } from './error-envelope.ts'

/**
 * How another description differs from the contract, for a client that follows the contract. Operations are matched by method and path;
 * what only one spells differently (references, FastAPI's generations, OpenAPI 3.0) is no difference.
 */
export function compareDescriptions(contract: OpenAPI, other: OpenAPI): DriftFinding[] {
  const key = ({ method, path }: Operation) => `${method} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`
  const [ours, theirs] = [contract, other].map(
    (description) => new Map(listOperations(description).map((operation) => [key(operation), operation])),
  ) as [Map<string, Operation>, Map<string, Operation>]
  const drafts = [...ours].flatMap(([name, our]) => {
    const their = theirs.get(name)
    const pointer = pointerTo('/paths', our.path, our.method.toLowerCase())
    if (!their) return [operationRemoved(pointer, our)]
    return compareOperations(side(contract, our), side(other, their), pointer)
  })
  const added = [...theirs].filter(([name]) => !ours.has(name)).map(([, their]) => operationAdded(their))
  return [...drafts, ...added].map((draft) => toDriftFinding(draft, 'description'))
}

const operationRemoved = (pointer: string, { method, path }: Operation): Draft => ({
  class: 'operation-removed',
  pointer,
  message: `${method} ${path} is not there`,
  changes: [{ pointer, action: 'remove' }],
})

const operationAdded = ({ method, path }: Operation): Draft => ({
  class: 'operation-added',
  pointer: pointerTo('/paths', path, method.toLowerCase()),
  message: `${method} ${path} is not in the contract`,
})

/** One of the two descriptions, at the operation that is compared. */
interface Side {
  description: OpenAPI
  operation: Operation
  source: OperationObject
  parameters: Parameter[]
}

interface Parameter {
  name: string
  in: string
  required?: boolean
  schema?: NormalSchema
}

function side(description: OpenAPI, operation: Operation): Side {
  const item = resolveReference(description, description.paths![operation.path]!)
  const source = item[methods.find((method) => method.toUpperCase() === operation.method)!]!
  const parameters = [...(item.parameters ?? []), ...(source.parameters ?? [])].map((parameter) =>
    resolveReference(description, parameter as Parameter | Reference),
  )
  return { description, operation, source, parameters }
}

function compareOperations(our: Side, their: Side, pointer: string): Draft[] {
  return [
    ...compareSecurity(our, their, pointer),
    ...compareParameters(our, their, pointer),
    ...compareRequests(our, their, pointer),
    ...compareResponses(our, their, pointer),
  ]
}

function compareSecurity(our: Side, their: Side, pointer: string): Draft[] {
  const [ours, theirs] = [alternativesOf(our), alternativesOf(their)]
  const isOpen = (alternatives: string[]) => !alternatives.length || alternatives.includes('')
  const missing = theirs.filter((one) => !ours.includes(one))
  const refused = ours.filter((one) => !theirs.includes(one))
  if (!missing.length && !refused.length) return []
  const found: [Draft['class'], string] = isOpen(theirs)
    ? ['security-removed', 'no credentials are asked for']
    : isOpen(ours)
      ? ['security-added', `credentials are asked for: ${theirs.join(', or ')}`]
      : refused.length
        ? ['security-changed', `${theirs.join(', or ')} instead of ${ours.join(', or ')}`]
        : ['security-alternative-added', `also ${missing.join(', or ')}`]
  // Open to all on both sides, said in two ways.
  if (isOpen(theirs) && isOpen(ours)) return []
  const [known, schemes] = [our, their].map(({ description }) => description.components?.['securitySchemes'] ?? {})
  const names = new Set(their.operation.security.flat())
  return [
    {
      class: found[0],
      pointer: pointerTo(pointer, 'security'),
      message: found[1],
      shape: theirs.join(),
      changes: [
        ...[...names]
          .filter((name) => !Object.hasOwn(known!, name))
          .map((name): DriftChange => ({
            pointer: pointerTo('/components/securitySchemes', name),
            action: 'set',
            value: schemes![name],
          })),
        {
          pointer: pointerTo(pointer, 'security'),
          action: 'set',
          value: their.operation.security.map((all) => Object.fromEntries(all.map((name) => [name, []]))),
        },
      ],
    },
  ]
}

/** What each alternative asks for, whatever its schemes are called; empty for nothing. */
function alternativesOf({ description, operation }: Side): string[] {
  return operation.security.map((names) =>
    names
      .map((name) => {
        const scheme = description.components?.['securitySchemes']?.[name] as Record<string, string> | undefined
        const { type = name, scheme: kind = '', in: place = '', name: key = '' } = scheme ?? {}
        return [type, kind.toLowerCase(), place, place === 'header' ? key.toLowerCase() : key].filter(Boolean).join(' ')
      })
      .toSorted()
      .join(' and '),
  )
}

function compareParameters(our: Side, their: Side, operation: string): Draft[] {
  const pointer = pointerTo(operation, 'parameters')
  const [ours, theirs] = [our, their].map(({ description, parameters }) => {
    // The template of the path binds its parameters by place, not by name.
    const named = parameters.filter(({ in: place }) => place !== 'path')
    return {
      type: 'object',
      properties: Object.fromEntries(
        named.map(({ in: place, name, schema }) => [`${place} ${name}`, normalizeSchema(description, schema ?? {})]),
      ),
      required: named.filter(({ required }) => required).map(({ in: place, name }) => `${place} ${name}`),
    }
  })
  return compareSchemas(ours, theirs, { direction: 'request', pointer }).map((draft) => ({
    ...draft,
    pointer,
    shape: `${draft.pointer.slice(pointer.length)} ${draft.shape ?? ''}`,
    changes: [],
  }))
}

function compareRequests(our: Side, their: Side, operation: string): Draft[] {
  const pointer = pointerTo(operation, 'requestBody')
  const [ours, theirs] = [our, their].map(
    ({ description, source }) => source.requestBody && resolveReference<RequestBody>(description, source.requestBody),
  )
  if (!ours && !theirs) return []
  if (!theirs)
    return [
      { class: 'request-body-removed', pointer, message: 'no body is taken', changes: [{ pointer, action: 'remove' }] },
    ]
  const required = pointerTo(pointer, 'required')
  const becameRequired: Draft[] =
    theirs.required && !ours?.required
      ? [
          {
            class: 'request-body-became-required',
            pointer,
            message: 'the body is required',
            changes: [{ pointer: required, action: 'set', value: true }],
          },
        ]
      : []
  const [ourTypes, theirTypes] = [contentOf(ours?.content), contentOf(theirs.content)]
  const at = (mediaType: string) => pointerTo(pointer, 'content', mediaType)
  return [
    ...becameRequired,
    ...[...ourTypes.keys()]
      .filter((mediaType) => !theirTypes.has(mediaType))
      .map((mediaType): Draft => ({
        class: 'request-media-type-removed',
        pointer: at(mediaType),
        message: `${mediaType} is not taken`,
        changes: [{ pointer: at(mediaType), action: 'remove' }],
      })),
    ...[...theirTypes].flatMap(([mediaType, { schema }]): Draft[] => {
      const known = ourTypes.get(mediaType)
      const theirSchema = normalizeSchema(their.description, schema ?? {})
      if (!known)
        return [
          {
            class: 'request-media-type-added',
            pointer: at(mediaType),
            message: `${mediaType} is taken too`,
            changes: [{ pointer: at(mediaType), action: 'set', value: { schema: theirSchema } }],
          },
        ]
      const ourSchema = normalizeSchema(our.description, known.schema ?? {})
      return compareSchemas(ourSchema, theirSchema, {
        direction: 'request',
        pointer: pointerTo(at(mediaType), 'schema'),
      })
    }),
  ]
}

/** By media type without parameters, in lower case. */
function contentOf(content: Record<string, MediaType> = {}): Map<string, MediaType> {
  return new Map(Object.entries(content).map(([name, value]) => [name.split(';')[0]!.trim().toLowerCase(), value]))
}

function compareResponses(our: Side, their: Side, operation: string): Draft[] {
  const pointer = pointerTo(operation, 'responses')
  const [ours, theirs] = [our.source.responses ?? {}, their.source.responses ?? {}]
  const at = (status: string) => pointerTo(pointer, status)
  const removed = Object.keys(ours)
    .filter((status) => !responseFor(theirs, status))
    .map((status): Draft => ({
      class: status.startsWith('2') ? 'success-status-removed' : 'error-status-removed',
      pointer: at(status),
      status,
      message: `${status} is not declared`,
      changes: [{ pointer: at(status), action: 'remove' }],
    }))
  const others = Object.keys(theirs).flatMap((status) => {
    const theirResponse = resolveReference<Response>(their.description, theirs[status]!)
    const known = responseFor(ours, status)
    if (!known) return [undocumentedStatus(at(status), status, plainResponse(their.description, theirResponse))]
    const ourResponse = resolveReference<Response>(our.description, known.response)
    return compareResponse([our.description, ourResponse], [their.description, theirResponse], at(known.key), status)
  })
  return [...removed, ...collapseEnvelopes(others, pointer)]
}

/** The response that documents a status: its own, that of its range, or `default`. */
export function responseFor(
  responses: Record<string, Response | Reference>,
  status: string,
): { key: string; response: Response | Reference } | undefined {
  const keys = [status, `${status[0]}XX`, 'default']
  const key = keys.find((name) => Object.hasOwn(responses, name))
  return key === undefined ? undefined : { key, response: responses[key]! }
}

/** A status that the contract does not have. */
export function undocumentedStatus(pointer: string, status: string, response: Response): Draft {
  return {
    class: status.startsWith('2') ? 'undocumented-success-status' : 'undocumented-error-status',
    pointer,
    status,
    message: `${status} is not documented`,
    changes: [{ pointer, action: 'set', value: response }],
  }
}

function plainResponse(description: OpenAPI, { description: text, content = {} }: Response): Response {
  const plain = Object.entries(content).map(
    ([mediaType, { schema = {} }]) =>
      [mediaType, { schema: normalizeSchema(description, schema) as NormalSchema }] as const,
  )
  return { description: text, ...(plain.length && { content: Object.fromEntries(plain) }) }
}

type In = [description: OpenAPI, response: Response]

function compareResponse([ours, our]: In, [theirs, their]: In, pointer: string, status: string): BodyDraft[] {
  const [ourTypes, theirTypes] = [contentOf(our.content), contentOf(their.content)]
  const schemasOf = (description: OpenAPI, types: Map<string, MediaType>) =>
    new Map([...types].map(([name, { schema = {} }]) => [name, normalizeSchema(description, schema)]))
  return [
    ...compareHeaders(our, their, pointer, status),
    ...compareContent(schemasOf(ours, ourTypes), schemasOf(theirs, theirTypes), { pointer, status }),
  ]
}

/** How the bodies of one status differ. Schemas by media type, normalized. */
export function compareContent(
  ours: Map<string, unknown>,
  theirs: Map<string, unknown>,
  { pointer, status, observed = false }: { pointer: string; status: string; observed?: boolean },
): BodyDraft[] {
  const at = (mediaType: string) => pointerTo(pointer, 'content', mediaType)
  const missing = [...ours.keys()].filter((name) => !theirs.has(name))
  const added = [...theirs.keys()].filter((name) => !ours.has(name))
  const change = (): DriftChange[] => [
    ...missing.map((name): DriftChange => ({ pointer: at(name), action: 'remove' })),
    ...added.map((name): DriftChange => ({
      pointer: at(name),
      action: 'set',
      value: { schema: cleanSchema(theirs.get(name)) },
    })),
  ]
  const isChange = missing.length > 0 && added.length > 0
  const types: Draft[] = isChange
    ? [
        {
          class: 'response-media-type-changed',
          pointer: pointerTo(pointer, 'content'),
          status,
          message: `${added.join(', ')} instead of ${missing.join(', ')}`,
          shape: added.toSorted().join(),
          changes: change(),
        },
      ]
    : [
        ...missing.map((name): Draft => ({
          class: 'response-media-type-missing',
          pointer: at(name),
          status,
          message: `no ${name}`,
          changes: change(),
        })),
        ...added.map((name): Draft => ({
          class: 'response-media-type-added',
          pointer: at(name),
          status,
          message: `also ${name}`,
          shape: shapeOf(theirs.get(name)),
          changes: change(),
        })),
      ]
  const schemas = [...ours].flatMap(([name, schema]) =>
    theirs.has(name)
      ? compareSchemas(schema, theirs.get(name), {
          direction: 'response',
          pointer: pointerTo(at(name), 'schema'),
          status,
          observed,
        }).map((draft) => ({ ...draft, whole: { ours: schema, theirs: theirs.get(name) } }))
      : [],
  )
  return [...types, ...schemas]
}

function compareHeaders(
  { headers: ours = {} }: Response,
  { headers: theirs = {} }: Response,
  pointer: string,
  status: string,
): Draft[] {
  const names = new Set(Object.keys(theirs).map((name) => name.toLowerCase()))
  return Object.keys(ours)
    .filter((name) => !names.has(name.toLowerCase()))
    .map((name) => ({
      class: 'response-header-missing',
      pointer: pointerTo(pointer, 'headers', name),
      status,
      message: `${name} is not declared`,
      changes: [{ pointer: pointerTo(pointer, 'headers', name), action: 'remove' }],
    }))
}
