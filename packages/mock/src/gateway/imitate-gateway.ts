import { listFormParts, listOperations, type OpenAPI } from '@livepeer-ai/openapi'
import {
  describeGateway,
  findEncoder,
  findGateway,
  listDeviations,
  meetsCondition,
  toRequestFacts,
  type Deviation,
  type GatewayProfile,
  type RequestFacts,
} from '@livepeer-ai/openapi/gateways'
import { urlOf, type Handler } from '@livepeer-ai/server'
import type { NotedForm } from '../calls/noted-form.ts'
import type { Stage } from '../calls/stage.ts'
import { checkStates } from './check-states.ts'
import { createExampleBody } from './example-body.ts'
import { imitateResponse } from './imitate-response.ts'
import { noteForm } from './note-form.ts'
import { createStandIn } from './stand-in.ts'
import { takeDeviations, type TakenDeviations } from './take-deviations.ts'

/** An imitated gateway: its description and the layer around the responses to it. */
export interface Imitation extends Stage {
  gateway: GatewayProfile
  description: OpenAPI
}

interface ImitationOptions {
  token: string | undefined
  /** States of the gateway, for deviations that happen sometimes. */
  states: readonly string[]
  contract: OpenAPI
}

/**
 * Returns a layer that changes the documented responses into those of a gateway.
 *
 * @throws UnknownGatewayError, UnknownStateError
 */
export async function imitateGateway(name: string, { token, states, contract }: ImitationOptions): Promise<Imitation> {
  const gateway = findGateway(name)
  const [description, deviations, encoder] = await Promise.all([
    describeGateway(name),
    listDeviations(name),
    findEncoder(name),
  ])
  checkStates(states, gateway, deviations)
  const operations = listOperations(description)
  const paths = operations.map(({ path }) => path)
  const decodes = operations.some(({ responses }) => '415' in responses)
  const forms = new WeakMap<Request, NotedForm>()
  const toFacts = createFactReader(gateway, contract, token)
  const exampleBody = createExampleBody(description)

  async function around(request: Request, next: Handler): Promise<Response> {
    const head = toFacts(request, undefined)
    if (head.token !== 'right' && !mayApply(deviations, head)) return next(request)
    const body = request.body === null ? undefined : new Uint8Array(await new Response(request.body).arrayBuffer())
    const facts = toFacts(request, body)
    const taken = takeDeviations(deviations, facts, states, paths)
    const form = body && taken.isReadable ? noteForm(request.headers.get('content-type') ?? '', body) : undefined
    const standIn = createStandIn(request, {
      body,
      form,
      accepted: taken.accepted,
      path: taken.facts.path,
      authorization: isTokenAccepted(taken) ? `Bearer ${token ?? 'any'}` : undefined,
      prefer: form && preferError(form, gateway, decodes),
    })
    if (form) forms.set(request, form).set(standIn, form)
    return imitateResponse(await next(standIn), taken, {
      facts,
      authorization: request.headers.get('authorization') ?? '',
      requestedHeaders: request.headers.get('access-control-request-headers') ?? '',
      description,
      exampleBody,
      encoder,
    })
  }

  return { gateway, description, around, formOf: (request) => forms.get(request) }
}

/**
 * Returns true if a deviation can apply to a request whose token is not accepted. A condition of
 * the body alone does not, because the token is checked first.
 */
function mayApply(deviations: readonly Deviation[], head: RequestFacts): boolean {
  const facts = { ...head, status: 401 }
  return deviations.some(({ when }) =>
    when.some((condition) => {
      const about = Object.entries(condition).filter(([fact]) => !/^(form|fields|files)\b/.test(fact))
      const tests = about.filter(([fact]) => fact !== 'state')
      return about.length > 0 && meetsCondition(Object.fromEntries(tests), facts)
    }),
  )
}

const isTokenAccepted = ({ accepted }: TakenDeviations): boolean =>
  accepted.has('token') || accepted.has('authorization')

function createFactReader(
  { servers }: GatewayProfile,
  contract: OpenAPI,
  token: string | undefined,
): (request: Request, body: Uint8Array | undefined) => RequestFacts {
  const partNames = new Set(listOperations(contract).flatMap((operation) => [...listFormParts(contract, operation)]))
  const basePaths = servers.map((url) => new URL(url).pathname.replace(/\/$/, '')).filter(Boolean)
  return (request, body) => {
    const { pathname } = urlOf(request)
    const base = basePaths.find((candidate) => pathname.startsWith(`${candidate}/`)) ?? ''
    return toRequestFacts({
      method: request.method,
      path: pathname.slice(base.length),
      header: (header) => request.headers.get(header),
      isToken: (credentials) => token === undefined || credentials === token,
      // A body of no bytes is no body to the Fetch standard.
      body: body ?? new Uint8Array(),
      partNames,
    })
  }
}

/**
 * Returns the preference for a documented error that the mock cannot produce by itself, because it
 * neither decodes recordings nor has models.
 */
function preferError({ fields, files }: NotedForm, { limits }: GatewayProfile, decodes: boolean): string | undefined {
  const { models } = limits
  if (models && fields['model_id'] && !models.includes(fields['model_id'])) return 'code=400, example=model'
  const recording = files.findLast(({ name }) => name === 'audio')?.value
  return decodes && recording && recording.bytes !== 0 && recording.decodable === false ? 'code=415' : undefined
}
