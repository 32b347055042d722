import {
  listOperations,
  methods,
  resolveReference,
  type MediaType,
  type OpenAPI,
  type Response,
} from '@livepeer-ai/openapi'
import { normalizeSchema } from '@livepeer-ai/openapi/normalize-schema'
import { compareContent, responseFor, undocumentedStatus } from '../descriptions/compare-descriptions.ts'
import { cleanSchema } from '../schemas/compare-schemas.ts'
import { toDriftFinding, pointerTo, type Draft, type DriftFinding } from '../../drift-finding.ts'
import { collapseEnvelopes } from '../descriptions/error-envelope.ts'
import { inferSchema } from './infer-schema.ts'
import type { Observation } from './observe-answers.ts'

/** How what a gateway answers differs from a description: the contract, or its own. */
export function compareObservations(description: OpenAPI, observations: readonly Observation[]): DriftFinding[] {
  const drafts = listOperations(description).flatMap(({ method, path, security }) => {
    const own = observations.filter((one) => one.method === method && one.path === path)
    if (!own.length) return []
    const operation = pointerTo('/paths', path, method.toLowerCase())
    const item = resolveReference(description, description.paths![path]!)
    const { responses = {} } = item[methods.find((name) => name === method.toLowerCase())!]!
    const statuses = [...new Set(own.map(({ status }) => status))]
    const pointer = pointerTo(operation, 'responses')
    const needsCredentials = security.length > 0 && security.every((schemes) => schemes.length > 0)
    return [
      ...(needsCredentials ? openToAll(own, pointerTo(operation, 'security')) : []),
      ...collapseEnvelopes(
        statuses.flatMap((status) => {
          const answers = own.filter((one) => one.status === status)
          const known = responseFor(responses, status)
          if (!known) return [undocumented(pointerTo(pointer, status), status, answers)]
          const response = resolveReference<Response>(description, known.response)
          return compareAnswers(description, response, answers, { pointer: pointerTo(pointer, known.key), status })
        }),
        pointer,
      ),
      ...Object.keys(responses)
        .filter((key) => !statuses.some((status) => responseFor(responses, status)?.key === key))
        .map((status): Draft => ({
          class: 'documented-status-never-produced',
          pointer: pointerTo(pointer, status),
          status,
          message: `${status} was never answered`,
        })),
    ]
  })
  return drafts.map((draft) => toDriftFinding(draft, 'answers'))
}

function openToAll(observations: Observation[], pointer: string): Draft[] {
  const open = observations.filter(({ status, withoutCredentials }) => status.startsWith('2') && withoutCredentials > 0)
  const samples = open.reduce((sum, { withoutCredentials }) => sum + withoutCredentials, 0)
  const changes: Draft['changes'] = [{ pointer, action: 'set', value: [] }]
  return samples
    ? [{ class: 'security-removed', pointer, message: 'a request without credentials is served', samples, changes }]
    : []
}

function undocumented(pointer: string, status: string, answers: Observation[]): Draft {
  const content = answers
    .filter(({ mediaType }) => mediaType)
    .map(({ mediaType, body }) => [mediaType, { schema: cleanSchema(inferSchema(body)) } as MediaType] as const)
  return {
    ...undocumentedStatus(pointer, status, {
      description: `As answered with ${status}.`,
      ...(content.length && { content: Object.fromEntries(content) }),
    }),
    samples: answers.reduce((sum, { samples }) => sum + samples, 0),
    examples: answers.map(({ mediaType }) => mediaType || 'no Content-Type'),
  }
}

function compareAnswers(
  description: OpenAPI,
  { content = {} }: Response,
  answers: Observation[],
  place: { pointer: string; status: string },
) {
  const documented = new Map(
    Object.entries(content).map(([name, { schema = {} }]) => [
      name.split(';')[0]!.trim().toLowerCase(),
      normalizeSchema(description, schema),
    ]),
  )
  const got = new Map(
    answers.filter(({ mediaType }) => mediaType).map(({ mediaType, body }) => [mediaType, body] as const),
  )
  const untyped = answers.filter(({ mediaType }) => !mediaType)
  const unreadable = answers.filter((answer) => answer.unreadable)
  // One documented media type is enough for an answer; the others need not be seen.
  const expected = [...documented].filter(
    ([name]) => got.has(name) || ![...documented.keys()].some((key) => got.has(key)),
  )
  return [
    ...(documented.size ? untyped : []).map(({ samples }): Draft => ({
      class: 'response-media-type-missing',
      pointer: pointerTo(place.pointer, 'content'),
      status: place.status,
      message: 'no Content-Type',
      samples,
    })),
    ...unreadable.map(({ mediaType, unreadable: samples }): Draft => ({
      class: 'response-type-changed',
      pointer: pointerTo(place.pointer, 'content', mediaType),
      status: place.status,
      message: 'the body is not JSON',
      shape: 'malformed',
      samples,
    })),
    ...(got.size
      ? compareContent(
          new Map(expected),
          new Map(
            [...got].map(([name, body]) => [name, body.samples ? inferSchema(body) : (documented.get(name) ?? {})]),
          ),
          { ...place, observed: true },
        )
      : []),
  ]
}
