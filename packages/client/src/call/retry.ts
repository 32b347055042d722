import { retryAfterMs } from '../retry-after.ts'

/** Statuses of transient failures. */
const transient = /^(408|429|50[234])$/

/** A gateway that asks for a longer pause gets no further attempt within the call. */
export const longestPauseMs = 60_000

/**
 * Returns the pause before the next attempt at this gateway, or undefined if a further attempt is
 * useless.
 */
export function pauseMs(response: Response, failures: number): number | undefined {
  // This gateway has retired the operation; another one may still have it.
  if (response.status === 410) return Infinity
  return transient.test(String(response.status)) ? (retryAfterMs(response) ?? backOffMs(failures)) : undefined
}

/**
 * Doubles from 0.5 s with each failure, up to 8 s. A random half avoids that all clients return at
 * the same time.
 */
export function backOffMs(failures: number): number {
  return Math.min(8000, 500 * 2 ** failures) * (1 - Math.random() / 2)
}
