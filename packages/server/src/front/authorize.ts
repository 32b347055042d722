import { createHash, timingSafeEqual } from 'node:crypto'
import type { OpenAPI, Operation } from '@livepeer-ai/openapi'
import { HttpError } from '../http/http-error.ts'
import { urlOf } from '../http/url-of.ts'
import { isBearer, listSecuritySchemes, type SecurityScheme } from './challenge.ts'

/**
 * Returns a function that checks a request against the security of its operation and throws a 401.
 * A bearer token must be one of `tokens`; by default any token passes. With `'none'`, the function
 * checks nothing.
 */
export function createAuthorizer(
  description: OpenAPI,
  tokens?: readonly string[] | 'none',
): (request: Request, operation: Operation) => void {
  const schemes = listSecuritySchemes(description)
  if (tokens === 'none') return () => {}
  const accepted = tokens?.map(digest)

  return (request, { security }) => {
    if (!security.length) return
    const satisfied = security.some((names) => names.every((name) => isPresented(request, schemes.get(name))))
    if (satisfied) return
    throw new HttpError(401, 'Invalid or missing credentials.')
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

/** Returns a digest. `timingSafeEqual` requires inputs of the same length. */
function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
