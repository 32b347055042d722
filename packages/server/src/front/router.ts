import { listOperations, type OpenAPI, type Operation } from '@livepeer-ai/openapi'
import { listBasePaths } from './base-paths.ts'
import {
  compareTemplates,
  decodeSegment,
  matchTemplate,
  parseTemplate,
  splitPath,
  type PathTemplate,
} from './path-template.ts'

/** The result of matching a request against the paths of a description. */
export interface Target {
  pathname: string
  /** The operations of the matching path by method; empty if no path matches. */
  operations: ReadonlyMap<string, Operation>
  /** The methods that the path answers, including HEAD for a GET operation and OPTIONS. */
  methods: string[]
  pathParameters: Record<string, string>
  /** The operation for the method of the request. */
  operation: Operation | undefined
}

interface Route extends PathTemplate, Pick<Target, 'operations' | 'methods'> {
  path: string
}

interface Match {
  route: Route
  values: string[]
}

/**
 * Returns a function that finds the target of a URL path and a method.
 * Literal segments win over parameters. Base paths of the description's servers and a trailing
 * slash are optional.
 */
export function createRouter(description: OpenAPI): (pathname: string, method: string) => Target {
  const basePaths = listBasePaths(description)
  const routes = listRoutes(description)
  const literal = new Map(
    [...routes.values()].flat().flatMap((route) => (route.names.length ? [] : [[route.path, route]])),
  )

  return (pathname, method) => {
    // Nothing wins over a path without parameters.
    const route = literal.get(pathname)
    const operationHere = route && findOperation({ route, values: [] }, method)
    if (operationHere) return toTarget(pathname, [{ route, values: [] }], operationHere)
    const candidates = [
      pathname,
      ...basePaths.filter((base) => pathname.startsWith(`${base}/`)).map((base) => pathname.slice(base.length)),
    ]
    const search = (list: typeof listMatches) =>
      candidates.map((candidate) => list(routes, candidate)).filter(({ length }) => length)
    const exact = search(listMatches)
    const found = exact.length ? exact : search(listEmptyMatches)
    // Templates of different operations may match the same path.
    for (const candidate of found.flat()) {
      const operation = findOperation(candidate, method)
      if (operation) return toTarget(pathname, [candidate], operation)
    }
    return toTarget(pathname, found[0] ?? [], undefined)
  }
}

/** Returns the routes by their number of segments, the most specific ones first. */
function listRoutes(description: OpenAPI): Map<number, Route[]> {
  const byPath = new Map<string, Map<string, Operation>>()
  for (const operation of listOperations(description)) {
    const operations = byPath.get(operation.path) ?? new Map<string, Operation>()
    byPath.set(operation.path, operations.set(operation.method, operation))
  }
  const routes = new Map<number, Route[]>()
  for (const [path, operations] of byPath) {
    const template = parseTemplate(path)
    const ofDepth = routes.get(template.segments.length) ?? []
    ofDepth.push({ ...template, path, operations, methods: listMethods(operations) })
    routes.set(template.segments.length, ofDepth)
  }
  for (const ofDepth of routes.values()) ofDepth.sort(compareTemplates)
  return routes
}

/** Returns the routes that match a path. Those that agree about a trailing slash come first. */
function listMatches(routes: ReadonlyMap<number, Route[]>, path: string): Match[] {
  const { segments, endsInSlash } = splitPath(path)
  const matches = (routes.get(segments.length) ?? []).flatMap((route) => {
    const values = matchTemplate(route, segments)
    return values ? [{ route, values }] : []
  })
  const isExact = ({ route }: Match) => Number(route.endsInSlash === endsInSlash)
  return matches.length > 1
    ? matches.toSorted((left, right) => compareTemplates(left.route, right.route) || isExact(right) - isExact(left))
    : matches
}

/**
 * Returns the routes that match a path with an empty segment as a parameter. A client that forgets
 * an id learns from its operation what is missing.
 */
function listEmptyMatches(routes: ReadonlyMap<number, Route[]>, path: string): Match[] {
  const segments = path.split('/')
  if (!segments.slice(1).includes('')) return []
  return (routes.get(segments.length) ?? []).flatMap((route) => {
    const values = matchTemplate(route, segments.map(decodeSegment), true)
    return values ? [{ route, values }] : []
  })
}

function findOperation({ route: { operations } }: Match, method: string): Operation | undefined {
  return operations.get(method) ?? (method === 'HEAD' ? operations.get('GET') : undefined)
}

function toTarget(pathname: string, matches: readonly Match[], operation: Operation | undefined): Target {
  const [first] = matches
  if (!first) return { pathname, operations: new Map(), methods: [], pathParameters: {}, operation }
  const { route, values } = first
  const pathParameters = Object.fromEntries(route.names.map((name, index) => [name, values[index] ?? '']))
  if (matches.length === 1)
    return { pathname, operations: route.operations, methods: route.methods, pathParameters, operation }
  const operations = new Map(matches.toReversed().flatMap((match) => [...match.route.operations]))
  return { pathname, operations, methods: listMethods(operations), pathParameters, operation }
}

function listMethods(operations: ReadonlyMap<string, Operation>): string[] {
  return [...new Set([...operations.keys(), ...(operations.has('GET') ? ['HEAD'] : []), 'OPTIONS'])]
}
