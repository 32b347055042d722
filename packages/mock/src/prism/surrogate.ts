import { listOperations, resolveReference, type OpenAPI } from '@livepeer-ai/openapi'
import { essence, urlOf, type Call } from '@livepeer-ai/server'
import type { PrismRequest } from './prism.ts'

const boundary = 'surrogate'

/** The headers that the parameters of each operation name, by operationId, in lower case. */
export type HeaderParameters = Map<string, string[]>

export function headerParameters(description: OpenAPI): HeaderParameters {
  return new Map(
    listOperations(description).map(({ operationId, path, method }) => {
      const item = resolveReference(description, description.paths![path]!)
      const { parameters = [] } = item[method.toLowerCase() as 'get']!
      const names = [...(item.parameters ?? []), ...parameters].flatMap((reference) => {
        const parameter = resolveReference(description, reference as { in: string; name: string })
        return { header: [parameter.name.toLowerCase()], cookie: ['cookie'] }[parameter.in] ?? []
      })
      return [operationId, names]
    }),
  )
}

/** The request for Prism: the same in all that it looks at, without the bytes of files, which it is slow on. */
export function surrogate(call: Call<unknown>, parameters: HeaderParameters): PrismRequest {
  const { request, operation, pathParameters, fields, files, value } = call
  const type = essence(request.headers.get('content-type') ?? '')
  const names = ['accept', ...(parameters.get(operation.operationId) ?? [])]
  const headers = names.flatMap((name) => {
    const header = request.headers.get(name)
    return header === null ? [] : [[name, name === 'accept' ? wellFormedRanges(header) : header]]
  })
  const body = bodies[type]?.(fields, files) ?? (value instanceof Uint8Array ? 'x' : value)
  return {
    method: operation.method,
    path: operation.path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(pathParameters[name]!)),
    query: query(urlOf(request).searchParams),
    headers: {
      ...(type && { 'content-type': type === 'multipart/form-data' ? `${type}; boundary=${boundary}` : type }),
      ...Object.fromEntries(headers),
    },
    ...(body !== undefined && { body }),
  }
}

/** What is no media range says nothing (RFC 9110, 12.5.1), where Prism would fail on it. */
function wellFormedRanges(accept: string): string {
  const range =
    /^\s*[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+\s*(;(?!\s*q=(?!(0(\.\d{0,3})?|1(\.0{0,3})?)\s*(;|$)))\s*[\w-]+=("[^"]*"|[^\s;"]+)\s*)*$/i
  const ranges = accept.split(',').filter((candidate) => range.test(candidate))
  return ranges.length ? ranges.join(',') : '*/*'
}

const bodies: Record<string, (fields: Record<string, string>, files: { name: string }[]) => string> = {
  'multipart/form-data': (fields, files) =>
    [
      ...files.map(({ name }) => part(name, 'x')),
      ...Object.entries(fields).map(([name, text]) => part(name, text)),
      `--${boundary}--\r\n`,
    ].join(''),
  'application/x-www-form-urlencoded': (fields) => new URLSearchParams(fields).toString(),
}

function part(name: string, content: string): string {
  return `--${boundary}\r\nContent-Disposition: form-data; name="${name.replaceAll('"', '%22')}"\r\n\r\n${content}\r\n`
}

/** A parameter that is given several times is a list. */
function query(parameters: URLSearchParams): PrismRequest['query'] {
  if (!parameters.size) return {}
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name)
      return [name, values.length === 1 ? values[0]! : values]
    }),
  )
}
