import type { SentRequest } from '../exchange.ts'

/** What a gateway charges for a second of audio: 0.02 millionths of a US dollar for a millisecond, by the price guide of the Livepeer AI documentation. */
export const usdPerSecond = 0.000_02

export interface Cost {
  requests: number
  /** Seconds of audio that are billed. */
  audioSeconds: number
  bytesSent: number
  usd: number
}

/** What it costs to send these requests, each of them once. */
export function costOf(requests: readonly SentRequest[]): Cost {
  const seconds = requests.reduce((sum, { plan }) => sum + plan.seconds + (plan.delivery?.followedBy?.seconds ?? 0), 0)
  return priceAudio({
    requests: requests.reduce((sum, { plan }) => sum + (plan.delivery?.followedBy ? 2 : 1), 0),
    audioSeconds: seconds,
    bytesSent: requests.reduce((sum, { body }) => sum + body.length, 0),
  })
}

/** So much audio with its price. */
export const priceAudio = ({ requests, audioSeconds, bytesSent }: Omit<Cost, 'usd'>): Cost => ({
  requests,
  audioSeconds: roundTo(audioSeconds, 1e2),
  bytesSent,
  usd: roundTo(audioSeconds * usdPerSecond, 1e8),
})

/** Costs together. */
export const addCosts = (...costs: readonly Cost[]): Cost =>
  priceAudio({
    requests: costs.reduce((sum, { requests }) => sum + requests, 0),
    audioSeconds: costs.reduce((sum, { audioSeconds }) => sum + audioSeconds, 0),
    bytesSent: costs.reduce((sum, { bytesSent }) => sum + bytesSent, 0),
  })

const roundTo = (value: number, unit: number): number => Math.round(value * unit) / unit

/** A limit such as `60s` or `0.01usd`, in seconds of audio; undefined for what is none. */
export function parseBudget(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(s|usd)$/i.exec(text.trim()) ?? []
  if (amount === undefined) return undefined
  return unit!.toLowerCase() === 's' ? Number(amount) : Number(amount) / usdPerSecond
}

/** Why a check or the contract lane is left out when it would cost more than is allowed. */
export const budgetExceeded = 'the budget has no room for it'
