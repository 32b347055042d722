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
    if (scheme.type === 'http') return hasCredentials(request, scheme.scheme ?? '')
    if (scheme.type !== 'apiKey' || !scheme.name) return true
    return Boolean(findKey(request, scheme.name, scheme.in))
  }
}

function hasCredentials(request: Request, scheme: string): boolean {
  const [, name = '', credentials = ''] = /^(\S+) +(.+)$/.exec(request.headers.get('authorization') ?? '') ?? []
  const isWellFormed = wellFormed[name.toLowerCase()] ?? (() => true)
  return name.toLowerCase() === scheme.toLowerCase() && isWellFormed(credentials)
}

/** Checks the form of credentials, as RFC 7617 and RFC 7616 require it. */
const wellFormed: Record<string, (credentials: string) => boolean> = {
  basic: (credentials) => Buffer.from(credentials, 'base64').includes(':'),
  digest: (credentials) =>
    ['username', 'realm', 'nonce', 'uri', 'response'].every((name) =>
      new RegExp(`(^|[\\s,])${name}\\*?=`, 'i').test(credentials),
    ),
}

function findKey(request: Request, name: string, place: SecurityScheme['in']): string | null | undefined {
  if (place === 'query') return urlOf(request).searchParams.get(name)
  if (place !== 'cookie') return request.headers.get(name)
  const cookies = (request.headers.get('cookie') ?? '').split(/; */)
  return cookies.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}

/** Returns a digest. `timingSafeEqual` requires inputs of the same length. */
function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
