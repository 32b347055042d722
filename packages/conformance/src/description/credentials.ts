import { isObject, type OpenAPI, type Operation } from '@livepeer-ai/openapi'
import type { Credentials } from '../request-plan.ts'

export interface SecurityScheme {
  name: string
  /** The scheme of `Authorization` in lower case, or the place of an API key. */
  kind: 'bearer' | 'basic' | 'header' | 'query' | 'cookie'
  /** The name of the header, the query parameter or the cookie. */
  parameter: string
}

/** Returns a security scheme of a description. OAuth 2 and OpenID Connect use bearer tokens. */
export function findScheme(description: OpenAPI, name: string): SecurityScheme {
  const found = description.components?.['securitySchemes']?.[name]
  const {
    type,
    scheme = '',
    in: place,
    name: parameter = name,
  } = (isObject(found) ? found : {}) as {
    [key in 'type' | 'scheme' | 'in' | 'name']?: string
  }
  const kind =
    type === 'apiKey' && (place === 'query' || place === 'cookie' || place === 'header')
      ? place
      : scheme.toLowerCase() === 'basic'
        ? 'basic'
        : 'bearer'
  return { name, kind, parameter: type === 'apiKey' ? parameter : 'Authorization' }
}

/** Returns the credentials of the first alternative for which there are some, as placeholders. */
export function listCredentials({
  description,
  operation,
  hasToken,
  schemes,
}: {
  description: OpenAPI
  operation: Operation
  hasToken: boolean
  schemes?: ReadonlyMap<string, string> | undefined
}): Credentials {
  const placeholderOf = (name: string) => (schemes ? schemes.get(name) : hasToken ? '{token}' : undefined)
  const chosen = operation.security.find((names) => names.length > 0 && names.every(placeholderOf)) ?? []
  return toCredentials(
    chosen.map((name) => findScheme(description, name)),
    ({ name }) => placeholderOf(name) ?? '',
  )
}

/** Returns the headers and the pairs of the query that carry these schemes. */
export function toCredentials(
  schemes: readonly SecurityScheme[],
  valueOf: (scheme: SecurityScheme) => string,
): Credentials {
  const headers: [string, string][] = []
  const query: string[] = []
  for (const scheme of schemes) {
    const value = valueOf(scheme)
    if (scheme.kind === 'bearer') headers.push(['Authorization', `Bearer ${value}`])
    else if (scheme.kind === 'basic') headers.push(['Authorization', `Basic ${value}`])
    else if (scheme.kind === 'header') headers.push([scheme.parameter, value])
    else if (scheme.kind === 'cookie') headers.push(['Cookie', `${scheme.parameter}=${value}`])
    else query.push(`${encodeURIComponent(scheme.parameter)}=${value}`)
  }
  return { headers, query }
}

/** Adds credentials to a target. */
export function addQuery(target: string, { query }: Credentials): string {
  if (query.length === 0) return target
  return target + (target.includes('?') ? '&' : '?') + query.join('&')
}
