import type { SentRequest } from '../exchange.ts'

/**
 * Price of a second of audio in US dollars.
 * The price guide of the Livepeer AI documentation has 0.02 millionths of a dollar per millisecond.
 */
export const usdPerSecond = 0.000_02

export interface Cost {
  requests: number
  /** Billed audio in seconds. */
  audioSeconds: number
  bytesSent: number
  usd: number
}

/** Returns the cost of sending each of these requests once. */
export function costOf(requests: readonly SentRequest[]): Cost {
  const seconds = requests.reduce((sum, { plan }) => sum + plan.seconds + (plan.delivery?.followedBy?.seconds ?? 0), 0)
  return priceAudio({
    requests: requests.reduce((sum, { plan }) => sum + (plan.delivery?.followedBy ? 2 : 1), 0),
    audioSeconds: seconds,
    bytesSent: requests.reduce((sum, { body }) => sum + body.length, 0),
  })
}

/** Adds the price. */
export const priceAudio = ({ requests, audioSeconds, bytesSent }: Omit<Cost, 'usd'>): Cost => ({
  requests,
  audioSeconds: roundTo(audioSeconds, 1e2),
  bytesSent,
  usd: roundTo(audioSeconds * usdPerSecond, 1e8),
})

/** Returns the sum of costs. */
export const addCosts = (...costs: readonly Cost[]): Cost =>
  priceAudio({
    requests: costs.reduce((sum, { requests }) => sum + requests, 0),
    audioSeconds: costs.reduce((sum, { audioSeconds }) => sum + audioSeconds, 0),
    bytesSent: costs.reduce((sum, { bytesSent }) => sum + bytesSent, 0),
  })

const roundTo = (value: number, unit: number): number => Math.round(value * unit) / unit

/** Parses a limit such as `60s` or `0.01usd` into seconds of audio, or returns undefined. */
export function parseBudget(text: string): number | undefined {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(s|usd)$/i.exec(text.trim()) ?? []
  if (amount === undefined) return undefined
  return unit.toLowerCase() === 's' ? Number(amount) : Number(amount) / usdPerSecond
}

/** Reason for skipping a check or the contract lane that exceeds the budget. */
export const budgetExceeded = 'the budget has no room for it'
