import {
  findOperationObject,
  listOperations,
  resolveReference,
  type MediaType,
  type OpenAPI,
  type Operation,
  type Response,
} from '@livepeer-ai/openapi'
import { pointerTo, toDriftFinding, type Draft, type DriftFinding } from '../../drift-finding.ts'
import { compareContent, normalizeContent, type Content, type ResponsePlace } from '../descriptions/content.ts'
import { collapseEnvelopes, type BodyDraft } from '../descriptions/error-envelope.ts'
import { findResponse, undocumentedStatus } from '../descriptions/responses.ts'
import { cleanSchema } from '../schemas/clean-schema.ts'
import { inferSchema } from './infer-schema.ts'
import type { Observation } from './observe-answers.ts'

/** Compares the answers of a gateway with a description: the contract, or the gateway's own. */
export function compareObservations(description: OpenAPI, observations: readonly Observation[]): DriftFinding[] {
  return operationsOf(description)
    .flatMap((operation) => compareOperation(description, operation, observations))
    .map((draft) => toDriftFinding(draft, 'answers'))
}

const read = new WeakMap<OpenAPI, Operation[]>()

/** Returns the operations of a description, which are read once. */
function operationsOf(description: OpenAPI): Operation[] {
  const operations = read.get(description) ?? listOperations(description)
  read.set(description, operations)
  return operations
}

function compareOperation(
  description: OpenAPI,
  operation: Operation,
  observations: readonly Observation[],
): readonly Draft[] {
  const { method, path, security } = operation
  const own = observations.filter((one) => one.method === method && one.path === path)
  if (!own.length) return []
  const pointer = pointerTo('/paths', path, method.toLowerCase())
  const { responses = {} } = findOperationObject(description, operation) ?? {}
  const statuses = [...new Set(own.map(({ status }) => status))]
  const needsCredentials = security.length > 0 && security.every((schemes) => schemes.length > 0)
  const unseen = Object.keys(responses).filter(
    (key) => !statuses.some((status) => findResponse(responses, status)?.key === key),
  )
  const at = (status: string) => pointerTo(pointer, 'responses', status)
  const drafts = statuses.flatMap((status): BodyDraft[] => {
    const answers = own.filter((one) => one.status === status)
    const known = findResponse(responses, status)
    if (!known) return [undocumented(at(status), status, answers)]
    const { content } = resolveReference<Response>(description, known.response)
    return compareAnswers(normalizeContent(description, content), answers, { pointer: at(known.key), status })
  })
  return [
    ...(needsCredentials ? servedWithoutCredentials(own, pointerTo(pointer, 'security')) : []),
    ...collapseEnvelopes(drafts, pointerTo(pointer, 'responses')),
    ...unseen.map((status) => neverProduced(at(status), status)),
  ]
}

function servedWithoutCredentials(observations: Observation[], pointer: string): Draft[] {
  const open = observations.filter(({ status }) => status.startsWith('2'))
  const samples = sumOf(open, ({ withoutCredentials }) => withoutCredentials)
  const changes: Draft['changes'] = [{ pointer, action: 'set', value: [] }]
  const message = 'a request without credentials is served'
  return samples ? [{ class: 'security-removed', pointer, message, samples, changes }] : []
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
    samples: sumOf(answers, ({ samples }) => samples),
    examples: answers.map(({ mediaType }) => mediaType || 'no Content-Type'),
  }
}

const neverProduced = (pointer: string, status: string): Draft => ({
  class: 'documented-status-never-produced',
  pointer,
  status,
  message: `no answer had status ${status}`,
})

function compareAnswers(documented: Content, answers: Observation[], place: ResponsePlace): BodyDraft[] {
  const typed = answers.filter(({ mediaType }) => mediaType)
  const got: Content = new Map(
    typed.map(({ mediaType, body }) => [
      mediaType,
      body.samples ? inferSchema(body) : (documented.get(mediaType) ?? {}),
    ]),
  )
  // One documented media type is enough for an answer; the others need not appear.
  const isAnyDocumented = [...documented.keys()].some((name) => got.has(name))
  const expected = new Map([...documented].filter(([name]) => got.has(name) || !isAnyDocumented))
  return [
    ...(documented.size ? listUntyped(answers, place) : []),
    ...listUnreadable(answers, place),
    ...(got.size ? compareContent(expected, got, { ...place, observed: true }) : []),
  ]
}

function listUntyped(answers: Observation[], { pointer, status }: ResponsePlace): Draft[] {
  return answers
    .filter(({ mediaType }) => !mediaType)
    .map(({ samples }) => ({
      class: 'response-media-type-missing',
      pointer: pointerTo(pointer, 'content'),
      status,
      message: 'no Content-Type',
      samples,
    }))
}

function listUnreadable(answers: Observation[], { pointer, status }: ResponsePlace): Draft[] {
  return answers
    .filter(({ unreadable }) => unreadable)
    .map(({ mediaType, unreadable }) => ({
      class: 'response-type-changed',
      pointer: pointerTo(pointer, 'content', mediaType),
      status,
      message: 'the body is not JSON',
      shape: 'malformed',
      samples: unreadable,
    }))
}

const sumOf = (observations: Observation[], count: (observation: Observation) => number) =>
  observations.reduce((sum, one) => sum + count(one), 0)
