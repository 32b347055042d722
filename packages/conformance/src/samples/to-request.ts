import { isObject, type Operation } from '@livepeer-ai/openapi'
import { uniqueMark, type Body, type Part, type RequestPlan } from '../request-plan.ts'
import { isIdempotencyKey, keyOf, toPairs, toSimple, toText, type Parameter } from './parameters.ts'
import type { Sample, SampleBody } from './sample.ts'
import { makeFile } from './values/make-file.ts'

/** Changes of the parts of a sample. */
export interface SampleChanges {
  /** Values by place and name; undefined leaves a parameter out. */
  values?: Readonly<Record<string, unknown>>
  /** The value of the body. */
  body?: unknown
  /** Text to add to the query. */
  query?: string
}

/** Returns the request of a sample with changes. */
export function toRequest(sample: Sample, changes: SampleChanges = {}): RequestPlan {
  const { operation, parameters, bindings, body } = sample
  const values: Record<string, unknown> = { ...sample.values, ...changes.values }
  const of = (place: Parameter['in']) =>
    parameters.filter((one) => one.in === place && values[keyOf(one)] !== undefined)
  const path = operation.path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => {
    const parameter = parameters.find((one) => one.in === 'path' && one.name === name)
    const value = values[`path.${name}`]
    if (value === undefined || !parameter) return name in bindings ? `{path.${name}}` : 'unknown'
    return encodeURIComponent(toSimple(parameter, value))
  })
  const pairs = [...of('query').flatMap((one) => toPairs(one, values[keyOf(one)])), changes.query ?? []].flat()
  const cookies = of('cookie').flatMap((one) => toPairs(one, values[keyOf(one)]))
  const headers = of('header').map((one) => {
    const isOwn = isIdempotencyKey(one) && !(keyOf(one) in (changes.values ?? {}))
    return [one.name.toLowerCase(), isOwn ? uniqueMark : toSimple(one, values[keyOf(one)])]
  })
  if (cookies.length) headers.push(['cookie', cookies.join('; ')])
  const accept = listAccepted(operation)
  if (accept !== undefined) headers.push(['accept', accept])
  const used = Object.entries(bindings).filter(([name]) => values[`path.${name}`] === undefined)
  const plan: RequestPlan = { seconds: 0, operation, target: pairs.length ? `${path}?${pairs.join('&')}` : path }
  if (headers.length) plan.headers = Object.fromEntries(headers) as Record<string, string>
  if (used.length) plan.bindings = Object.fromEntries(used)
  if (body) plan.body = toBody(body, 'body' in changes ? changes.body : body.value)
  return plan
}

/** Returns the media types of a success that is no JSON, and those of errors. */
function listAccepted({ responses }: Operation): string | undefined {
  const typesOf = (first: string) =>
    Object.entries(responses).flatMap(([status, types]) => (status.startsWith(first) ? types : []))
  const success = typesOf('2')
  if (success.length === 0 || success.some((type) => /json|\*/.test(type))) return undefined
  return [...new Set([...success, ...typesOf('4'), 'application/json'])].join(', ')
}

/** Encodes the value of a body in its media type. */
function toBody({ mediaType, files }: SampleBody, value: unknown): Body {
  if (/[/+]json\b/.test(mediaType)) return { bytes: Buffer.from(JSON.stringify(value)), type: mediaType }
  if (mediaType === 'multipart/form-data') return { parts: toParts(value, files) }
  if (mediaType === 'application/x-www-form-urlencoded') return { bytes: Buffer.from(toForm(value)), type: mediaType }
  if (value instanceof Uint8Array) return { bytes: value, type: mediaType }
  return { bytes: Buffer.from(toText(value)), type: mediaType }
}

const toForm = (value: unknown): string =>
  Object.entries(isObject(value) ? value : {})
    .flatMap(([name, member]) =>
      [member].flat().map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(toText(one))}`),
    )
    .join('&')

function toParts(value: unknown, files: SampleBody['files']): Part[] {
  return Object.entries(isObject(value) ? value : {}).flatMap(([name, member]) =>
    [member].flat().map((one): Part => {
      const type = files[name]
      if (type === undefined) return { name, value: toText(one) }
      const { bytes, ...file } = makeFile(type)
      return { name, value: one instanceof Uint8Array ? one : bytes, ...file }
    }),
  )
}
