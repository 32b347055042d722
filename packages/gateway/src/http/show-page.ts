import { contentSecurityPolicy, page } from '../generated/page.ts'

/** Serves the page that tries the gateway in a browser. */
export function showPage(): Response {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  }
  return new Response(page, { headers })
}
