import type { Exchange, SentRequest } from './exchange.ts'

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
  return {
    requests: requests.reduce((sum, { plan }) => sum + (plan.delivery?.followedBy ? 2 : 1), 0),
    audioSeconds: Math.round(seconds * 100) / 100,
    bytesSent: requests.reduce((sum, { body }) => sum + body.length, 0),
    usd: Math.round(seconds * usdPerSecond * 1e8) / 1e8,
  }
}

/** What the exchanges of a run have cost. */
export function costOfExchanges(exchanges: readonly Pick<Exchange, 'request'>[]): Cost {
  return costOf(exchanges.map(({ request }) => request).filter(({ follows }) => !follows))
}

/** A limit such as `60s` or `0.01usd`, in seconds of audio; undefined for what is none. */
export function parseBudget(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(s|usd)$/i.exec(text.trim()) ?? []
  if (amount === undefined) return undefined
  return unit!.toLowerCase() === 's' ? Number(amount) : Number(amount) / usdPerSecond
}
