import { HttpError } from '../http/http-error.ts'
import { urlOf } from '../http/url-of.ts'

/**
 * The hosts and origins that are served beside those of this machine. A page in a browser cannot
 * name another origin, and a name that an attacker points at this machine is another host.
 */
export interface Access {
  /** Names in the `Host` header; default: none. */
  hosts?: '*' | readonly string[] | undefined
  /** Origins of pages; default: none. */
  origins?: '*' | readonly string[] | undefined
}

/** Throws a 403 for a request from another machine's page or for another host. */
export function checkAccess(request: Request, { hosts = [], origins = [] }: Access): void {
  const { hostname, origin: own } = urlOf(request)
  if (hosts !== '*' && !isLoopback(hostname) && !hosts.includes(hostname))
    throw new HttpError(403, `The host '${hostname}' is not served. Only this machine is.`)
  const origin = request.headers.get('origin')
  if (origin === null || origins === '*' || origins.includes(origin)) return
  const isOwn = origin.replace(/^https?:/, '') === own.replace(/^https?:/, '')
  const isLocal = URL.canParse(origin) && isLoopback(new URL(origin).hostname)
  if (!isOwn && !isLocal)
    throw new HttpError(403, `Pages of '${origin}' are not served. Only those of this machine are.`)
}

/** Returns true for a name or an address of this machine. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\]|::1|\[::ffff:7f[\da-f]{2}:[\da-f]+\])\.?$/i.test(hostname)
}
