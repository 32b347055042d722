import { listOperations, type OpenAPI, type Operation } from '@livepeer-ai/openapi'

export interface Route {
  /** The operations of the matching path, by method. None: no path matches. */
  operations: Map<string, Operation>
  /** What is answered at the path: the methods of its operations, HEAD beside GET, OPTIONS. */
  methods: string[]
  pathParameters: Record<string, string>
}

/** Finds the operations for the path of a URL. Literal segments win over parameters; base paths of the description's servers and a trailing slash are tolerated. */
export function createRouter(description: OpenAPI): (pathname: string) => Route {
  const basePaths = [...new Set((description.servers ?? []).map(({ url }) => basePath(url)))].filter(Boolean)
  const operations = listOperations(description)
  const routes = [...new Set(operations.map(({ path }) => path))].map((path) => {
    const matching = operations.filter((operation) => operation.path === path)
    const byMethod = new Map(matching.map((operation) => [operation.method, operation]))
    const methods = [...byMethod.keys(), ...(byMethod.has('GET') ? ['HEAD'] : []), 'OPTIONS']
    return { ...pattern(path), operations: byMethod, methods: [...new Set(methods)] }
  })
  routes.sort((a, b) => a.names.length - b.names.length)

  return (pathname) => {
    const trimmed = pathname.replace(/(.)\/$/, '$1')
    const candidates = [
      trimmed,
      ...basePaths.filter((base) => trimmed.startsWith(`${base}/`)).map((base) => trimmed.slice(base.length)),
    ]
    for (const candidate of candidates) {
      for (const { regex, names, operations: matching, methods } of routes) {
        const values = regex.exec(candidate)?.slice(1)
        if (values)
          return {
            operations: matching,
            methods,
            pathParameters: Object.fromEntries(names.map((name, index) => [name, decode(values[index]!)])),
          }
      }
    }
    return { operations: new Map<string, Operation>(), methods: [], pathParameters: {} }
  }
}

function pattern(path: string): { regex: RegExp; names: string[] } {
  const names: string[] = []
  const source = path.split(/(\{[^}]+\})/).map((segment) => {
    if (!segment.startsWith('{')) return segment.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    names.push(segment.slice(1, -1))
    return '([^/]+)'
  })
  return { regex: new RegExp(`^${source.join('')}$`), names }
}

/** A server's URL may be relative, and may hold variables. */
function basePath(url: string): string {
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
