import { findOperationObject, listOperations, resolveReference, type OpenAPI } from '@livepeer-ai/openapi'
import { essence, urlOf, type Call } from '@livepeer-ai/server'
import type { ReadBody } from '../forms/read-body.ts'
import type { PrismRequest } from './prism.ts'

/** The headers that the parameters of each operation need, in lower case, by operationId. */
export type HeaderParameters = Map<string, string[]>

export function listHeaderParameters(description: OpenAPI): HeaderParameters {
  return new Map(
    listOperations(description).map((operation) => {
      const item = description.paths?.[operation.path]
      const { parameters: shared = [] } = item ? resolveReference(description, item) : {}
      const { parameters = [] } = findOperationObject(description, operation) ?? {}
      const names = [...shared, ...parameters].flatMap((reference) => {
        const parameter = resolveReference(description, reference as { in: string; name: string })
        return { header: [parameter.name.toLowerCase()], cookie: ['cookie'] }[parameter.in] ?? []
      })
      return [operation.operationId, names]
    }),
  )
}

/** Returns a call as a request for Prism. Its body is a value: Prism is slow on large bodies. */
export function toPrismRequest(
  { request, operation, pathParameters }: Call<unknown>,
  { value: body, isReadable }: ReadBody,
  parameters: HeaderParameters,
): PrismRequest {
  const type = essence(request.headers.get('content-type') ?? '')
  const headers: Record<string, string> = {}
  if (type) headers['content-type'] = type
  for (const name of ['accept', ...(parameters.get(operation.operationId) ?? [])]) {
    const header = request.headers.get(name)
    if (header !== null) headers[name] = name === 'accept' ? keepValidRanges(header) : header
  }
  const path = Object.entries(pathParameters).reduce(
    (template, [name, text]) => template.replaceAll(`{${name}}`, () => encodeURIComponent(text)),
    operation.path,
  )
  const { search, searchParams } = urlOf(request)
  const query = search ? toQuery(searchParams) : {}
  return { method: operation.method, path, query, headers, body, isReadable }
}

/** Drops malformed media ranges (RFC 9110, 12.5.1). Prism throws on them. */
function keepValidRanges(accept: string): string {
  const range =
    /^\s*[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+\s*(;(?!\s*q=(?!(0(\.\d{0,3})?|1(\.0{0,3})?)\s*(;|$)))\s*[\w-]+=("[^"]*"|[^\s;"]+)\s*)*$/i
  const ranges = accept.split(',').filter((candidate) => range.test(candidate))
  return ranges.length ? ranges.join(',') : '*/*'
}

/** Returns query parameters by name. A repeated parameter becomes a list. */
function toQuery(parameters: URLSearchParams): PrismRequest['query'] {
  const query: PrismRequest['query'] = {}
  for (const name of new Set(parameters.keys())) {
    const [first = '', ...others] = parameters.getAll(name)
    query[name] = others.length ? [first, ...others] : first
  }
  return query
}
