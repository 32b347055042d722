import { createHash, timingSafeEqual } from 'node:crypto'
import { resolveReference, type OpenAPI, type Operation } from '@livepeer-ai/openapi'
import { HttpError } from '../http/http-error.ts'
import { urlOf } from '../http/url-of.ts'

interface SecurityScheme {
  type: string
  scheme?: string
  in?: 'header' | 'query' | 'cookie'
  name?: string
}

/**
 * Returns a function that checks a request against the security of its operation and throws a 401.
 * A bearer token must be one of `tokens`; by default any token passes. With `'none'`, the function
 * checks nothing.
 */
export function createAuthorizer(
  description: OpenAPI,
  tokens?: readonly string[] | 'none',
): (request: Request, operation: Operation) => void {
  const schemes = new Map(
    Object.entries(description.components?.['securitySchemes'] ?? {}).map(([name, scheme]) => [
      name,
      resolveReference(description, scheme as SecurityScheme),
    ]),
  )
  if (tokens === 'none') return () => {}
  const accepted = tokens?.map(digest)

  return (request, { security }) => {
    if (!security.length) return
    const satisfied = security.some((names) => names.every((name) => isPresented(request, schemes.get(name))))
    if (satisfied) return
    const challenge = security.flat().some((name) => isBearer(schemes.get(name)))
      ? { 'www-authenticate': 'Bearer' }
      : {}
    throw new HttpError(401, 'Invalid or missing credentials.', { headers: challenge })
  }

  function isPresented(request: Request, scheme: SecurityScheme | undefined): boolean {
    // A requirement that names no scheme of the description demands nothing.
    if (!scheme) return true
    if (isBearer(scheme)) {
      const [, token] = /^bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? []
      return token !== undefined && (!accepted || accepted.some((known) => timingSafeEqual(known, digest(token))))
    }
    if (scheme.type === 'http')
      return request.headers.get('authorization')?.toLowerCase().startsWith(`${scheme.scheme?.toLowerCase()} `) ?? false
    if (scheme.type !== 'apiKey' || !scheme.name) return true
    if (scheme.in === 'query') return urlOf(request).searchParams.has(scheme.name)
    if (scheme.in === 'cookie')
      return (request.headers.get('cookie') ?? '').split(/; */).some((pair) => pair.startsWith(`${scheme.name}=`))
    return request.headers.has(scheme.name)
  }
}

/** Returns true for schemes with a bearer token, including OAuth 2 and OpenID Connect. */
function isBearer(scheme: SecurityScheme | undefined): boolean {
  return (
    ['oauth2', 'openIdConnect'].includes(scheme?.type ?? '') ||
    (scheme?.type === 'http' && scheme.scheme?.toLowerCase() === 'bearer')
  )
}

/** Returns a digest. `timingSafeEqual` requires inputs of the same length. */
function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
