import { escapeRegExp, listOperations, type OpenAPI, type Operation } from '@livepeer-ai/openapi'

/** The result of matching a request against the paths of a description. */
export interface Target {
  pathname: string
  /** The operations of the matching path by method; empty if no path matches. */
  operations: Map<string, Operation>
  /** The methods that the path answers, including HEAD for a GET operation and OPTIONS. */
  methods: string[]
  pathParameters: Record<string, string>
  /** The operation for the method of the request. */
  operation: Operation | undefined
}

/**
 * Returns a function that finds the target of a URL path and a method.
 * Literal segments win over parameters. Base paths of the description's servers and a trailing
 * slash are optional.
 */
export function createRouter(description: OpenAPI): (pathname: string, method: string) => Target {
  const basePaths = [...new Set((description.servers ?? []).map(({ url }) => basePathOf(url)))].filter(Boolean)
  const operations = listOperations(description)
  const routes = [...new Set(operations.map(({ path }) => path))].map((path) => {
    const matching = operations.filter((operation) => operation.path === path)
    const byMethod = new Map(matching.map((operation) => [operation.method, operation]))
    const methods = [...byMethod.keys(), ...(byMethod.has('GET') ? ['HEAD'] : []), 'OPTIONS']
    return { ...compilePath(path), operations: byMethod, methods: [...new Set(methods)] }
  })
  routes.sort((left, right) => left.names.length - right.names.length)

  return (pathname, method) => {
    const trimmed = pathname.replace(/(.)\/$/, '$1')
    const candidates = [
      trimmed,
      ...basePaths.filter((base) => trimmed.startsWith(`${base}/`)).map((base) => trimmed.slice(base.length)),
    ]
    for (const candidate of candidates) {
      for (const { regex, names, operations: matching, methods } of routes) {
        const match = regex.exec(candidate)
        if (!match) continue
        const pathParameters = Object.fromEntries(names.map((name, index) => [name, decode(match[index + 1]!)]))
        const operation = matching.get(method) ?? (method === 'HEAD' ? matching.get('GET') : undefined)
        return { pathname, operations: matching, methods, pathParameters, operation }
      }
    }
    return { pathname, operations: new Map<string, Operation>(), methods: [], pathParameters: {}, operation: undefined }
  }
}

function compilePath(path: string): { regex: RegExp; names: string[] } {
  const names: string[] = []
  const source = path.split(/(\{[^}]+\})/).map((segment) => {
    if (!segment.startsWith('{')) return escapeRegExp(segment)
    names.push(segment.slice(1, -1))
    return '([^/]+)'
  })
  return { regex: new RegExp(`^${source.join('')}$`), names }
}

/** Returns the path of a server URL, which may be relative and may contain variables. */
function basePathOf(url: string): string {
  const literal = url.replaceAll(/\{[^}]*\}/g, 'x')
  return URL.canParse(literal, 'http://localhost')
    ? new URL(literal, 'http://localhost').pathname.replace(/\/$/, '')
    : ''
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
