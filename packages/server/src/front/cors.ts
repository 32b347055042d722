import { textResponse } from '../node/lazy-response.ts'

/** Origins that browsers may call from: any, a list, or none. Cookies are never allowed. */
export type Cors = '*' | readonly string[] | false

/** Answers a preflight request (Fetch, 4.8). Returns undefined for any other request. */
export function answerPreflight(request: Request, methods: string[], cors: Cors): Response | undefined {
  if (request.method !== 'OPTIONS' || !request.headers.has('access-control-request-method')) return undefined
  const headers: Record<string, string> = {
    'access-control-allow-methods': methods.join(', '),
    'access-control-max-age': '600',
  }
  const requested = request.headers.get('access-control-request-headers')
  if (requested) headers['access-control-allow-headers'] = requested
  return textResponse(null, { status: 204, headers: allowedOrigin(request, cors) ? headers : {} })
}

/** Adds the headers that let a page of an allowed origin read the response. */
export function addCorsHeaders(headers: Headers, request: Request, cors: Cors): void {
  const origin = allowedOrigin(request, cors)
  if (!origin) return
  headers.set('access-control-allow-origin', origin)
  headers.set('access-control-expose-headers', '*')
  if (origin !== '*') headers.append('vary', 'origin')
}

function allowedOrigin(request: Request, cors: Cors): string | undefined {
  const origin = request.headers.get('origin')
  if (!origin || cors === false) return undefined
  if (cors === '*') return '*'
  return cors.includes(origin) ? origin : undefined
}
