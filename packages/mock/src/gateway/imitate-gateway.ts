import { listOperations, type OpenAPI } from '@livepeer-ai/openapi'
import {
  describeGateway,
  findGateway,
  meetsCondition,
  listDeviations,
  type Deviation,
  type RequestFacts,
  type GatewayProfile,
} from '@livepeer-ai/openapi/gateways'
import { essence, HttpError, readMultipart, urlOf, type FilePart } from '@livepeer-ai/server'
import { exchangeOf, partNames, type FileNotes } from '../calls/request-facts.ts'
import { imitate } from './imitate.ts'
import { noteFile } from '../calls/note-file.ts'

/** A state that no deviation of the gateway knows. */
export class UnknownStateError extends Error {
  override name = 'UnknownStateError' as const
}

/** A form, with notes in the place of its files. */
export interface NotedForm {
  fields: Record<string, string>
  files: (FilePart & { size: number; value: FileNotes })[]
}

/** A gateway to imitate: its description, and what stands around the answers to it. */
export interface Imitation {
  gateway: GatewayProfile
  description: OpenAPI
  around: (request: Request, next: (request: Request) => Promise<Response>) => Promise<Response>
  /** The form that came with a request; what the server sees in the place of its files is small. */
  formOf: (request: Request) => NotedForm | undefined
}

interface Options {
  token: string | undefined
  /** What holds on the gateway's side, for the deviations that happen sometimes. */
  states: readonly string[]
  contract: OpenAPI
}

/**
 * @throws UnknownGatewayError, UnknownStateError
 */
export async function imitateGateway(name: string, { token, states, contract }: Options): Promise<Imitation> {
  const gateway = findGateway(name)
  const [description, deviations] = await Promise.all([describeGateway(name), listDeviations(name)])
  checkStates(states, gateway, deviations)
  const known = new Set(listOperations(contract).flatMap((operation) => [...partNames(contract, operation)]))
  const basePaths = gateway.servers.map((url) => new URL(url).pathname.replace(/\/$/, '')).filter(Boolean)
  const forms = new WeakMap<Request, NotedForm>()
  const decodes = listOperations(description).some(({ responses }) => '415' in responses)

  /** What of the contract's refusals a mock makes only when it is asked to by name: it hears nothing, and has no models. */
  function refusal({ fields, files }: NotedForm): string | undefined {
    const { models } = gateway.limits
    if (models && fields['model_id'] && !models.includes(fields['model_id'])) return 'code=400, example=model'
    const isUndecodable = files.some(({ value }) => value.bytes !== 0 && value.decodable === false)
    return decodes && isUndecodable ? 'code=415' : undefined
  }

  async function around(request: Request, next: (request: Request) => Promise<Response>): Promise<Response> {
    const { pathname } = urlOf(request)
    if (pathname.startsWith('/__mock/')) return next(request)
    const base = basePaths.find((candidate) => pathname.startsWith(`${candidate}/`)) ?? ''
    const contentType = request.headers.get('content-type') ?? ''
    const { body } = request
    const isForm = essence(contentType) === 'multipart/form-data' && body !== null
    const form = isForm ? await readMultipart(body, contentType, Infinity, noteFile).catch(onlyMalformed) : undefined
    const parts = isForm ? form : { fields: {}, files: [] }
    const facts = exchangeOf(request, pathname.slice(base.length), parts, { token, known })
    const exchanges = [undefined, ...states].map((state): RequestFacts => ({
      ...facts,
      ...(state !== undefined && { state }),
    }))
    const standIn = standInFor(
      request,
      isForm ? form : null,
      isOpen(deviations, exchanges) ? `Bearer ${token ?? 'any'}` : undefined,
      form && refusal(form),
    )
    if (form) forms.set(request, form).set(standIn, form)
    // A state that applies goes before what holds without one.
    const exchange = exchanges.findLast((candidate) =>
      deviations.some(({ when }) => when.some((condition) => meetsCondition(condition, candidate))),
    )
    const credentials = request.headers.get('authorization')?.split(' ').at(-1) ?? ''
    return imitate(await next(standIn), exchange ?? facts, deviations, credentials)
  }

  return { gateway, description, around, formOf: (request) => forms.get(request) }
}

/** A body that is no multipart is a fact about the request, not a failure of reading it. */
function onlyMalformed(error: unknown): undefined {
  if (!(error instanceof HttpError)) throw error
}

/** The request with a byte in place of each recording, or with a body that cannot be read when it cannot. */
function standInFor(
  request: Request,
  form: NotedForm | null | undefined,
  authorization: string | undefined,
  prefer: string | undefined,
): Request {
  const { method, url, signal } = request
  const headers = new Headers(request.headers)
  if (authorization) headers.set('authorization', authorization)
  if (form === null) {
    const body = request.body ? { body: request.body, duplex: 'half' as const } : {}
    return new Request(url, { method, headers, signal, ...body })
  }
  headers.delete('content-length')
  if (form === undefined) return new Request(url, { method, headers, signal, body: 'unreadable' })
  headers.delete('content-type')
  const body = new FormData()
  for (const [name, value] of Object.entries(form.fields)) body.append(name, value)
  if (prefer) headers.set('prefer', prefer)
  for (const { name, size, mediaType } of form.files)
    body.append(name, new File(size ? ['x'] : [], 'x', { type: mediaType }))
  return new Request(url, { method, headers, signal, body })
}

/** Whether the gateway serves the request whatever its token. */
function isOpen(deviations: readonly Deviation[], exchanges: RequestFacts[]): boolean {
  return deviations.some(
    ({ when, answers: [answer] }) =>
      answer?.status === 200 &&
      when.some(
        (condition) => 'token' in condition && exchanges.some((exchange) => meetsCondition(condition, exchange)),
      ),
  )
}

function checkStates(states: readonly string[], { name }: GatewayProfile, deviations: readonly Deviation[]): void {
  const known = [
    ...new Set(
      deviations.flatMap(({ when }) => when.flatMap((condition) => (condition['state']?.enum ?? []) as string[])),
    ),
  ]
  const unknown = states.find((state) => !known.includes(state))
  if (unknown !== undefined)
    throw new UnknownStateError(
      `'${name}' has no state '${unknown}'. ${known.length ? `Known: ${known.join(', ')}` : 'It has none'}`,
    )
}
