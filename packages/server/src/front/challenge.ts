import { resolveReference, type OpenAPI, type Operation } from '@livepeer-ai/openapi'

export interface SecurityScheme {
  type: string
  scheme?: string
  in?: 'header' | 'query' | 'cookie'
  name?: string
}

/** Returns the security schemes of a description by name. */
export function listSecuritySchemes(description: OpenAPI): Map<string, SecurityScheme> {
  return new Map(
    Object.entries(description.components?.['securitySchemes'] ?? {}).map(([name, scheme]) => [
      name,
      resolveReference(description, scheme as SecurityScheme),
    ]),
  )
}

/** Returns true for schemes with a bearer token, including OAuth 2 and OpenID Connect. */
export function isBearer({ type, scheme }: SecurityScheme): boolean {
  return ['oauth2', 'openIdConnect'].includes(type) || (type === 'http' && scheme?.toLowerCase() === 'bearer')
}

/** The parameters of a challenge that RFC 7617 and RFC 7616 require. */
const parameters: Record<string, string> = { basic: ' realm="*"', digest: ' realm="*", nonce="0"' }

/**
 * Returns a function that returns the challenges of an operation for `WWW-Authenticate`, which a
 * 401 must have (RFC 9110, 15.5.2). Returns undefined if no HTTP scheme is documented.
 */
export function createChallenge(description: OpenAPI): (operation: Operation) => string | undefined {
  const schemes = listSecuritySchemes(description)
  return ({ security }) => {
    const challenges = security.flat().flatMap((name) => {
      const scheme = schemes.get(name)
      if (!scheme) return []
      if (isBearer(scheme)) return ['Bearer']
      if (scheme.type !== 'http' || !scheme.scheme) return []
      const [first = '', ...rest] = scheme.scheme
      return [first.toUpperCase() + rest.join('') + (parameters[scheme.scheme.toLowerCase()] ?? '')]
    })
    return challenges.length ? [...new Set(challenges)].join(', ') : undefined
  }
}
