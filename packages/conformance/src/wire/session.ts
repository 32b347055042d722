import { setTimeout as sleep } from 'node:timers/promises'
import { costOf, type Cost } from './cost.ts'
import { headerOf, type Exchange, type SentRequest } from '../exchange.ts'
import { groupBy } from '../group-by.ts'
import { encodeRequest, type Target } from './encode-request.ts'
import { sendRequests } from './send-request.ts'

export interface SessionOptions {
  token?: string
  /** Milliseconds for one answer; 120 s for a transcription and 20 s for anything else unless given. */
  timeoutMs?: number
  /** Requests at the same time; 4 unless given. */
  concurrency?: number
  /** Seconds of audio that may be billed. */
  budgetSeconds?: number
  signal?: AbortSignal
  /** Called for each exchange, those that confirm left out. */
  onExchange?: (exchange: Exchange) => void
}

/** Longest time that a gateway's Retry-After is waited for. */
const maxWaitMs = 60_000
/** A gateway that has let so many requests wait in vain is waited for a second at most from then on, so that the run ends. */
const patience = 3
const shortTimeoutMs = 1_000
/** So often is a gateway that is too busy asked again, in a whole run. */
const maxRetries = 5

/** All that is sent in one run: each distinct request once, and once more to confirm a failure. */
export class Session {
  readonly #target: Target
  readonly #options: SessionOptions
  readonly #sent = new Map<string, Exchange[]>()
  readonly #confirmed = new Map<string, Promise<Exchange[]>>()
  readonly #billed: SentRequest[] = []
  #retries = maxRetries
  #timeouts = 0

  constructor(target: Target, options: SessionOptions) {
    this.#target = target
    this.#options = options
  }

  /** Every exchange so far, those that confirm left out. */
  get exchanges(): Exchange[] {
    return [...this.#sent.values()].flat()
  }

  /** What all that was sent has cost, confirmations included. */
  get cost(): Cost {
    return costOf(this.#billed)
  }

  /** Whether the budget has room for these. */
  canAfford(requests: readonly SentRequest[]): boolean {
    const { budgetSeconds = Infinity } = this.#options
    return costOf([...this.#billed, ...requests]).audioSeconds <= budgetSeconds
  }

  /** What became of a request; nothing while it has not been sent. */
  of({ id }: SentRequest): Exchange[] {
    return this.#sent.get(id) ?? []
  }

  /** Sends those that have not been sent: several at a time, and those that belong together at the same time. */
  async send(requests: readonly SentRequest[]): Promise<void> {
    const fresh = requests.filter(({ id }) => !this.#sent.has(id))
    const alone = fresh.filter(({ plan }) => !plan.delivery?.together)
    const record = async (request: SentRequest) => {
      const exchanges = await this.#exchange(request)
      // What was broken off by the caller tells nothing of the gateway.
      if (this.#options.signal?.aborted) return
      this.#sent.set(request.id, exchanges)
      for (const exchange of exchanges) this.#options.onExchange?.(exchange)
    }
    const worker = async () => {
      for (let request = alone.shift(); request && !this.#options.signal?.aborted; request = alone.shift())
        await record(request)
    }
    await Promise.all(Array.from({ length: this.#options.concurrency ?? 4 }, worker))
    const groups = groupBy(
      fresh.filter(({ plan }) => plan.delivery?.together),
      ({ plan }) => plan.delivery!.together!,
    )
    for (const group of groups.values()) await Promise.all(group.map(record))
  }

  /** Sends requests a second time, all of them at once when they belong together; a third time never. Undefined when the budget has no room for them, or the run has been interrupted. */
  async confirm(requests: readonly SentRequest[]): Promise<Exchange[] | undefined> {
    const isAffordable = this.canAfford(requests.filter(({ id }) => !this.#confirmed.has(id)))
    if (!isAffordable || this.#options.signal?.aborted) return undefined
    const again = async (request: SentRequest) => {
      const running = this.#confirmed.get(request.id) ?? this.#exchange(request)
      this.#confirmed.set(request.id, running)
      return running
    }
    if (requests.every(({ plan }) => plan.delivery?.together)) return (await Promise.all(requests.map(again))).flat()
    const exchanges: Exchange[] = []
    for (const request of requests) exchanges.push(...(await again(request)))
    return exchanges
  }

  async #exchange(request: SentRequest): Promise<Exchange[]> {
    const { token = '', timeoutMs, signal } = this.#options
    const next = request.plan.delivery?.followedBy
    const usualMs = timeoutMs ?? (request.plan.seconds ? 120_000 : 20_000)
    const options = {
      token,
      timeoutMs: this.#timeouts < patience ? usualMs : Math.min(usualMs, shortTimeoutMs),
      ...(signal && { signal }),
    }
    this.#billed.push(request)
    const requests = next ? [request, encodeRequest(next, this.#target)] : [request]
    let exchanges = await sendRequests(requests, options)
    const waitMs = retryAfterMs(exchanges)
    if (waitMs !== undefined && this.#retries-- > 0) {
      await sleep(Math.min(waitMs, maxWaitMs), undefined, options).catch(() => {})
      exchanges = await sendRequests(requests, options)
    }
    this.#timeouts += exchanges.filter(({ failure }) => failure?.code === 'timeout').length
    return exchanges
  }
}

/** A request that came too early was not served, so it costs nothing to send it again. */
function retryAfterMs(exchanges: Exchange[]): number | undefined {
  const busy = exchanges.find(({ response }) => response?.status === 429)
  const after = headerOf(busy?.response, 'retry-after')
  return after !== undefined && /^\d+$/.test(after) ? Number(after) * 1000 : undefined
}
