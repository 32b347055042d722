import { isObject, kindOfChild, resolveReference, type OpenAPI, type PlaceKind } from '@livepeer-ai/openapi'
import { isSecret } from '../calls/call.ts'

/** The names of the values that recordings keep. All other values are replaced. */
export interface KeptNames {
  header: (name: string) => boolean
  query: (name: string) => boolean
  /** Part of a form, or property of JSON. */
  field: (name: string) => boolean
}

/** Standard headers without secrets. */
const standardHeaders = new RegExp(
  `^(${[
    'accept(-(charset|encoding|language|ranges))?|access-control-.+|age|allow|cache-control|connection',
    'content-(disposition|encoding|language|length|location|range|type)|date|deprecation|etag|expect|expires|host',
    'if-(match|modified-since|none-match|range|unmodified-since)|keep-alive|last-modified|link|location|origin',
    'prefer|preference-applied|range|referer|retry-after|(x-)?rate-?limit(-.+)?|sec-(ch|fetch)-.+|server|sunset',
    'te|trailer|transfer-encoding|upgrade|user-agent|vary|via|www-authenticate|x-request-id',
  ].join('|')})$`,
  'i',
)

/** Returns the names that a description documents, unless they are those of secrets. */
export function listKeptNames(description: OpenAPI): KeptNames {
  const documented = { header: new Set<string>(), query: new Set<string>(), path: new Set(), cookie: new Set() }
  const fields = new Set<string>()
  const visited = new Set<unknown>()

  function visit(node: unknown, kind: PlaceKind): void {
    if (typeof node !== 'object' || node === null || kind === 'data' || visited.has(node)) return
    visited.add(node)
    for (const [key, value] of Object.entries(node)) {
      const child = kindOfChild(kind, key, value)
      if (kind === 'fields' && key === 'properties' && isObject(value))
        for (const name of Object.keys(value)) fields.add(name)
      if (kind === 'fields' && key === 'headers' && isObject(value))
        for (const name of Object.keys(value)) documented.header.add(name.toLowerCase())
      if (key === 'parameters') for (const parameter of Object.values(value as object)) addParameter(parameter)
      visit(value, child)
    }
  }

  function addParameter(parameter: unknown): void {
    const { name, in: place } = isObject(parameter)
      ? resolveReference<Record<string, unknown>>(description, parameter)
      : {}
    if (typeof name !== 'string') return
    if (place === 'header') documented.header.add(name.toLowerCase())
    if (place === 'query') documented.query.add(name)
  }

  visit(description, 'fields')
  return {
    header: (name) => standardHeaders.test(name) || (documented.header.has(name.toLowerCase()) && !isSecret(name)),
    query: (name) => documented.query.has(name) && !isSecret(name),
    field: (name) => fields.has(name) && !isSecret(name),
  }
}
