import { findOperationObject, listOperations, resolveReference, type OpenAPI } from '@livepeer-ai/openapi'
import { essence, urlOf, type Call } from '@livepeer-ai/server'
import type { PrismRequest } from './prism.ts'

const boundary = 'surrogate'

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

/** Returns a call as a request for Prism. Files have one byte: Prism is slow on large bodies. */
export function toPrismRequest(call: Call<unknown>, parameters: HeaderParameters): PrismRequest {
  const { request, operation, pathParameters, fields, files, value } = call
  const type = essence(request.headers.get('content-type') ?? '')
  const headers: Record<string, string> = {}
  if (type) headers['content-type'] = type === 'multipart/form-data' ? `${type}; boundary=${boundary}` : type
  for (const name of ['accept', ...(parameters.get(operation.operationId) ?? [])]) {
    const header = request.headers.get(name)
    if (header !== null) headers[name] = name === 'accept' ? keepValidRanges(header) : header
  }
  const path = Object.entries(pathParameters).reduce(
    (template, [name, text]) => template.replaceAll(`{${name}}`, () => encodeURIComponent(text)),
    operation.path,
  )
  const query = toQuery(urlOf(request).searchParams)
  const body = writeBody[type]?.(fields, files) ?? (value instanceof Uint8Array ? 'x' : value)
  return { method: operation.method, path, query, headers, body }
}

/** Drops malformed media ranges (RFC 9110, 12.5.1). Prism throws on them. */
function keepValidRanges(accept: string): string {
  const range =
    /^\s*[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+\s*(;(?!\s*q=(?!(0(\.\d{0,3})?|1(\.0{0,3})?)\s*(;|$)))\s*[\w-]+=("[^"]*"|[^\s;"]+)\s*)*$/i
  const ranges = accept.split(',').filter((candidate) => range.test(candidate))
  return ranges.length ? ranges.join(',') : '*/*'
}

const writeBody: Record<string, (fields: Record<string, string>, files: { name: string }[]) => string> = {
  'multipart/form-data': (fields, files) =>
    [
      ...files.map(({ name }) => writePart(name, 'x')),
      ...Object.entries(fields).map(([name, text]) => writePart(name, text)),
      `--${boundary}--\r\n`,
    ].join(''),
  'application/x-www-form-urlencoded': (fields) => new URLSearchParams(fields).toString(),
}

function writePart(name: string, content: string): string {
  return `--${boundary}\r\nContent-Disposition: form-data; name="${name.replaceAll('"', '%22')}"\r\n\r\n${content}\r\n`
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
