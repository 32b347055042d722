import { valueAt } from '@livepeer-ai/openapi'
import { headerOf, type Exchange, type SentRequest } from '../exchange.ts'

/**
 * Returns the first value of these runtime expressions (OpenAPI 3.1, section 4.8.20.4) in a
 * successful exchange. A Location stands for its last segment.
 */
export function readExpressions({ response }: Exchange, places: readonly string[]): string | undefined {
  if (!response || response.status >= 300) return undefined
  for (const place of places) {
    const [, header, pointer] = /^\$response\.(?:header\.(.+)|body#?(.*))$/.exec(place) ?? []
    const value =
      header === undefined ? valueAt(parse(response.body), pointer ?? '') : headerOf(response, header.toLowerCase())
    if (typeof value !== 'string' && typeof value !== 'number') continue
    const text = String(value)
    return header?.toLowerCase() === 'location' ? lastSegmentOf(text) : text
  }
  return undefined
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown
  } catch {
    return undefined
  }
}

const lastSegmentOf = (location: string): string | undefined =>
  location.split(/[?#]/, 1).join('').split('/').findLast(Boolean)

/**
 * Replaces `{path.NAME}` in the target and in the headers of a request, and the property NAME of
 * the body.
 */
export function bindValues(request: SentRequest, values: Readonly<Record<string, string>>): SentRequest {
  const names = Object.entries(values)
  if (names.length === 0) return request
  const fill = (text: string, encode: (value: string) => string) =>
    names.reduce((left, [name, value]) => left.replaceAll(`{path.${name}}`, () => encode(value)), text)
  const plain = (value: string) => value
  const body = bindBody(request, values)
  const length = String(body.length)
  const isFramed = (name: string) => body !== request.body && name.toLowerCase() === 'content-length'
  return {
    ...request,
    body,
    target: fill(request.target, encodeURIComponent),
    url: fill(request.url, encodeURIComponent),
    headers: request.headers.map(([name, value]) => [name, isFramed(name) ? length : fill(value, plain)] as const),
  }
}

/** Replaces the properties of a JSON body that refer to items. */
function bindBody({ body, plan }: SentRequest, values: Readonly<Record<string, string>>): Buffer {
  const bindings = Object.entries(plan.bindings ?? {}).filter(([, { instead }]) => instead !== undefined)
  if (bindings.length === 0) return body
  const text = bindings.reduce((left, [name, { instead = '' }]) => {
    const value = values[name] ?? ''
    const json = instead.startsWith('"') ? JSON.stringify(value) : value
    return left.replace(`"${name}":${instead}`, () => `"${name}":${json}`)
  }, body.toString())
  return Buffer.from(text)
}
