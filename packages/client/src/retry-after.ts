/** Returns the pause in ms that Retry-After asks for, as seconds or a date (RFC 9110, 10.2.3). */
export function retryAfterMs({ headers }: Response): number | undefined {
  const value = headers.get('retry-after') ?? ''
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now()
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}
