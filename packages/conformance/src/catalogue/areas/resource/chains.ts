import { isObject, type OpenAPI, type Schema } from '@livepeer-ai/openapi'
import type { Context } from '../../../check.ts'
import type { Exchange } from '../../../exchange.ts'
import type { Binding, Part, RequestPlan } from '../../../request-plan.ts'
import type { Resource } from '../../../samples/find-resource.ts'
import type { Sample } from '../../../samples/sample.ts'
import { toRequest, type SampleChanges } from '../../../samples/to-request.ts'
import { flattenSchema } from '../../../samples/values/flatten-schema.ts'
import { isReadOnly } from '../../../samples/values/generate-value.ts'
import { matchesStatus, parseJson, type Judge } from '../../judgements.ts'
import { toValidRequest } from '../../subject.ts'
import { findDifference } from './same-value.ts'

/** Returns a request for the item that an earlier request of the chain has created. */
function planItem(
  sample: Sample,
  { parameter }: Resource,
  places: Binding['places'],
  from: number,
  changes: SampleChanges = {},
): RequestPlan {
  const plan = toRequest({ ...sample, bindings: { ...sample.bindings, [parameter]: { from, places } } }, changes)
  return sample.operation.method === 'GET' ? plan : { ...plan, writes: true }
}

/** Returns the places of the id in the response of the operation that creates items. */
export function placesOf({
  create,
  read,
  replace,
  update,
  remove,
  parameter,
}: Resource): readonly string[] | undefined {
  for (const sample of [read, replace, update, remove]) {
    const binding = sample?.bindings[parameter]
    if (binding && typeof binding.from !== 'number' && binding.from.operation === create?.operation)
      return binding.places
  }
  return undefined
}

/** Returns a chain that creates an item and goes on with these requests. */
export function planChain(
  { resource }: Pick<Context, 'resource'>,
  next: (item: (sample: Sample, changes?: SampleChanges, from?: number) => RequestPlan) => RequestPlan[],
  changes?: SampleChanges,
): RequestPlan[] {
  const places = resource && placesOf(resource)
  if (!resource?.create || !places || resource.create.problem !== undefined) return []
  const item = (sample: Sample, one?: SampleChanges, from = 0) => planItem(sample, resource, places, from, one)
  const first = changes
    ? { ...toRequest(resource.create, changes), writes: true as const }
    : toValidRequest(resource.create)
  return [{ ...first, next: next(item) }]
}

/** Returns a judge of chains of this length. A chain that ends early is inconclusive. */
export const judgeChain =
  (length: number, judge: (chain: readonly Exchange[], context: Context) => ReturnType<Judge>): Judge =>
  (exchanges, context) => {
    const [first] = exchanges
    if (exchanges.length < length || !first || !isSuccess(first))
      return [{ severity: 'inconclusive', message: 'saw no item to go on with', exchange: first }]
    return judge(exchanges, context)
  }

export const isSuccess = ({ response }: Exchange): boolean => matchesStatus(response?.status, ['2xx'])

/** Returns the properties that an exchange has written and a response may show. */
export function writtenIn({ body, description }: Sample, { request }: Exchange): Record<string, unknown> {
  const { properties } = flattenSchema(description, body?.schema)
  const { body: sent } = request.plan
  const value = sent && 'parts' in sent ? readParts(sent.parts, properties, description) : parseText(request.body)
  const entries = Object.entries(isObject(value) ? value : {}).filter(([name]) => {
    const property = properties[name]
    const isFile = body?.files[name] !== undefined
    const isShown = flattenSchema(description, property).keywords['writeOnly'] !== true
    return property && !isFile && isShown && !isReadOnly(property, description)
  })
  return Object.fromEntries(entries)
}

/** Returns the text fields of a form, in the types of their schemas. */
function readParts(parts: readonly Part[], properties: Record<string, Schema>, description: OpenAPI): object {
  const texts = parts.flatMap(({ name, value, filename }) =>
    typeof value === 'string' && filename === undefined ? [{ name, value }] : [],
  )
  return Object.fromEntries(
    texts.map(({ name, value }) => {
      const { type } = flattenSchema(description, properties[name])
      if (type === 'boolean') return [name, value === 'true']
      return [name, type === 'integer' || type === 'number' ? Number(value) : value]
    }),
  )
}

export function parseText(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown
  } catch {
    return undefined
  }
}

/** Returns another valid body, with other texts, numbers and truth values, or undefined. */
export function varyBody(
  { body, description, operation }: Sample,
  { contract, schemaJudge }: Pick<Context, 'contract' | 'schemaJudge'>,
): Record<string, unknown> | undefined {
  const schema = body && contract.schemas[operation.operationId]?.request[body.mediaType]
  if (!body || !schema || !isObject(body.value)) return undefined
  const varied: Record<string, unknown> = { ...body.value }
  const { properties } = flattenSchema(description, body.schema)
  for (const [name, member] of Object.entries(body.value)) {
    const { keywords } = flattenSchema(description, properties[name])
    // An id must lead to something.
    if ('enum' in keywords || 'format' in keywords || 'pattern' in keywords || /id$/i.test(name)) continue
    const other = listOthers(member).find((one) => schemaJudge(schema, { ...varied, [name]: one }).length === 0)
    if (other !== undefined) varied[name] = other
  }
  return findDifference(body.value, varied) === undefined ? undefined : varied
}

/** Returns values of the same type. */
function listOthers(value: unknown): unknown[] {
  if (typeof value === 'string') return [`${value} 2`, `${value.slice(0, -1)}2`]
  if (typeof value === 'number') return [value + 1, value - 1]
  return typeof value === 'boolean' ? [!value] : []
}

/** Returns the list in a response: the body, or its first property that is a list. */
export function listIn(exchange: Exchange | undefined): unknown[] | undefined {
  const body = exchange && parseJson(exchange)
  if (Array.isArray(body)) return body
  if (!isObject(body)) return undefined
  const inner = Object.values(body).flatMap((member) => (isObject(member) ? Object.values(member) : []))
  return [...Object.values(body), ...inner].find((member): member is unknown[] => Array.isArray(member))
}
