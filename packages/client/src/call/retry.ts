/** Statuses that another attempt may mend. */
const transient = new Set([408, 429, 502, 503, 504])

/** A gateway that wants a longer pause is not asked again within the call. */
export const longestPauseMs = 60_000

/** How long to leave a gateway alone after this response; undefined when another attempt would not help. */
export function pauseMs(response: Response, failures: number): number | undefined {
  // Retired for good: another gateway may still have the operation.
  if (response.status === 410) return Infinity
  return transient.has(response.status) ? (retryAfterMs(response) ?? backOffMs(failures)) : undefined
}

/** What Retry-After says, in seconds or as a date (RFC 9110, section 10.2.3). */
export function retryAfterMs({ headers }: Response): number | undefined {
  const value = headers.get('retry-after') ?? ''
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now()
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}

/** Half a second, doubled with each further failure up to 8 s; of that a random part between half and all, so that clients do not come back in step. */
export function backOffMs(failures: number): number {
  return Math.min(8000, 500 * 2 ** failures) * (1 - Math.random() / 2)
}
