import type { IncomingMessage } from 'node:http'
import { HttpError } from '../http/http-error.ts'
import { urlOf } from '../http/url-of.ts'

/** The facts of a request line and its `Host` lines. */
type Head = Pick<IncomingMessage, 'url' | 'rawHeaders'>

/**
 * Returns the URL of a request, or the error for a target or a `Host` that is malformed. The
 * authority of an absolute target replaces the `Host` (RFC 9112, 3.2.2).
 */
export function readTarget({ url: target = '/', rawHeaders }: Head): URL | HttpError {
  const hosts = rawHeaders.filter((_, index) => index % 2 && isHost.test(rawHeaders[index - 1] ?? ''))
  const [host = ''] = hosts
  if (hosts.length > 1 || !authority.test(host)) return invalid('Host')
  if (target.startsWith('/') || target === '*')
    return parse(`http://${host || 'localhost'}${target === '*' ? '/' : target}`, 'Host')
  const [, absolute, path = '/'] = /^https?:\/\/([^/?#]+)(.*)$/i.exec(target) ?? []
  if (absolute === undefined || !authority.test(absolute)) return invalid('request target')
  return parse(`http://${absolute}${path.startsWith('/') ? path : `/${path}`}`, 'request target')
}

const isHost = /^host$/i

/** A host and a port (RFC 9110, 7.2), without user information. */
const authority = /^(\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(:\d*)?$/i

function parse(url: string, what: string): URL | HttpError {
  return URL.canParse(url) ? urlOf({ url }) : invalid(what)
}

const invalid = (what: string) => new HttpError(400, `Not a valid ${what}.`)
