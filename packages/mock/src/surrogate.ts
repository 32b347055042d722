import { essence, type Call } from '@livepeer-ai/server'
import type { PrismRequest } from './prism.ts'

const boundary = 'surrogate'

/** The request for Prism: the same in all that it validates, without the bytes of files, which it is slow on. */
export function surrogate<Value>({
  request,
  operation,
  pathParameters,
  fields,
  files,
  value,
}: Call<Value>): PrismRequest {
  const url = new URL(request.url)
  const type = essence(request.headers.get('content-type') ?? '')
  const parts = [...files.map(({ name }): [string, string] => [name, 'x']), ...Object.entries(fields)]
  const bodies: Record<string, () => unknown> = {
    'multipart/form-data': () =>
      `${parts.map(([name, text]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name.replaceAll('"', '%22')}"\r\n\r\n${text}\r\n`).join('')}--${boundary}--\r\n`,
    'application/x-www-form-urlencoded': () => new URLSearchParams(fields).toString(),
  }
  const body = bodies[type]?.() ?? (value instanceof Uint8Array ? 'x' : value)
  const headers = Object.fromEntries(request.headers)
  if (type === 'multipart/form-data') headers['content-type'] = `${type}; boundary=${boundary}`
  return {
    method: operation.method,
    path: operation.path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(pathParameters[name]!)),
    query: query(url.searchParams),
    headers,
    ...(body !== undefined && { body }),
  }
}

/** A parameter that is given several times is a list. */
function query(parameters: URLSearchParams): PrismRequest['query'] {
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name)
      return [name, values.length === 1 ? values[0]! : values]
    }),
  )
}
