import { listFormParts, listOperations, type OpenAPI } from '@livepeer-ai/openapi'
import {
  describeGateway,
  findGateway,
  listDeviations,
  meetsCondition,
  toRequestFacts,
  type Deviation,
  type GatewayProfile,
  type RequestFacts,
} from '@livepeer-ai/openapi/gateways'
import { essence, HttpError, readMultipart, urlOf, type Handler } from '@livepeer-ai/server'
import { noteFile } from '../calls/note-file.ts'
import type { NotedForm } from '../calls/noted-form.ts'
import type { Stage } from '../calls/stage.ts'
import { checkStates } from './check-states.ts'
import { imitateResponse } from './imitate-response.ts'
import { createStandIn } from './stand-in.ts'

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
  const [description, deviations] = await Promise.all([describeGateway(name), listDeviations(name)])
  checkStates(states, gateway, deviations)
  const partNames = new Set(listOperations(contract).flatMap((operation) => [...listFormParts(contract, operation)]))
  const basePaths = gateway.servers.map((url) => new URL(url).pathname.replace(/\/$/, '')).filter(Boolean)
  const forms = new WeakMap<Request, NotedForm>()
  const decodes = listOperations(description).some(({ responses }) => '415' in responses)

  function toFacts(request: Request, form: NotedForm | 'unreadable' | undefined): RequestFacts {
    const { pathname } = urlOf(request)
    const base = basePaths.find((candidate) => pathname.startsWith(`${candidate}/`)) ?? ''
    const { fields, files } = form === undefined || form === 'unreadable' ? emptyForm : form
    return toRequestFacts({
      method: request.method,
      path: pathname.slice(base.length),
      header: (header) => request.headers.get(header),
      isToken: (credentials) => token === undefined || credentials === token,
      form:
        form === 'unreadable'
          ? undefined
          : { fields, files: Object.fromEntries(files.map((file) => [file.name, file.value])) },
      boundary: form !== 'unreadable',
      partNames,
    })
  }

  async function around(request: Request, next: Handler): Promise<Response> {
    const form = await readForm(request)
    const facts = toFacts(request, form)
    const candidates = [facts, ...states.map((state): RequestFacts => ({ ...facts, state }))]
    const isReadable = form !== undefined && form !== 'unreadable'
    const standIn = createStandIn(request, {
      form,
      authorization: ignoresToken(deviations, candidates) ? `Bearer ${token ?? 'any'}` : undefined,
      prefer: isReadable ? preferError(form, gateway, decodes) : undefined,
    })
    if (isReadable) forms.set(request, form).set(standIn, form)
    // A state that applies wins over the facts without a state.
    const applicable = candidates.findLast((candidate) =>
      deviations.some(({ when }) => when.some((condition) => meetsCondition(condition, candidate))),
    )
    const credentials = request.headers.get('authorization')?.split(' ').at(-1) ?? ''
    return imitateResponse(await next(standIn), applicable ?? facts, deviations, credentials)
  }

  return { gateway, description, around, formOf: (request) => forms.get(request) }
}

const emptyForm: NotedForm = { fields: {}, files: [] }

/** Reads the form of a request. Returns undefined if the body is not a form. */
async function readForm({ headers, body }: Request): Promise<NotedForm | 'unreadable' | undefined> {
  const contentType = headers.get('content-type') ?? ''
  if (essence(contentType) !== 'multipart/form-data' || body === null) return undefined
  try {
    return await readMultipart(body, contentType, Infinity, noteFile)
  } catch (error) {
    if (error instanceof HttpError) return 'unreadable'
    throw error
  }
}

/**
 * Returns the preference for a documented error that the mock cannot produce by itself, because it
 * neither decodes recordings nor has models.
 */
function preferError({ fields, files }: NotedForm, { limits }: GatewayProfile, decodes: boolean): string | undefined {
  const { models } = limits
  if (models && fields['model_id'] && !models.includes(fields['model_id'])) return 'code=400, example=model'
  const isUndecodable = files.some(({ value }) => value.bytes !== 0 && value.decodable === false)
  return decodes && isUndecodable ? 'code=415' : undefined
}

/** Returns true if the gateway serves the request with any token. */
function ignoresToken(deviations: readonly Deviation[], candidates: RequestFacts[]): boolean {
  return deviations.some(
    ({ when, answers: [answer] }) =>
      answer?.status === 200 &&
      when.some(
        (condition) => 'token' in condition && candidates.some((candidate) => meetsCondition(condition, candidate)),
      ),
  )
}
