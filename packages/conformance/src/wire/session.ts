import { setTimeout as sleep } from 'node:timers/promises'
import { bindValues, readExpressions } from '../description/runtime-expression.ts'
import { headerOf, type Exchange, type SentRequest } from '../exchange.ts'
import { groupBy } from '../group-by.ts'
import type { RequestPlan } from '../request-plan.ts'
import { costOf, type Cost } from './cost.ts'
import { encodeRequest, type Target } from './encode-request.ts'
import { sendRequests } from './send-request.ts'

export interface SessionOptions {
  token?: string
  /** Credentials of other security schemes as they are sent, by name. */
  secrets?: Readonly<Record<string, string>> | undefined
  /** Milliseconds for one response; default: 120 s for a transcription and 20 s otherwise. */
  timeoutMs?: number
  /** Number of simultaneous requests; default: 4. */
  concurrency?: number
  /** Limit of the billed audio in seconds. */
  budgetSeconds?: number
  signal?: AbortSignal
  /** Called for each exchange except confirmations. */
  onExchange?: (exchange: Exchange) => void
}

/** Maximum wait for Retry-After. */
const maxWaitMs = 60_000
/** After this number of timeouts every request gets the short timeout, so that the run ends. */
const patience = 3
const shortTimeoutMs = 1_000
/** Maximum number of retries for a busy gateway in one run. */
const maxRetries = 5

/** The requests of one run: each distinct request once, and once more to confirm a failure. */
export class Session {
  readonly #target: Target
  readonly #options: SessionOptions
  readonly #sent = new Map<string, Exchange[]>()
  readonly #confirmed = new Map<string, Promise<Exchange[]>>()
  /** The requests that were sent at the same time as another. */
  readonly #neighbors = new Map<string, readonly SentRequest[]>()
  readonly #billed: SentRequest[] = []
  #retries = maxRetries
  #timeouts = 0

  constructor(target: Target, options: SessionOptions) {
    this.#target = target
    this.#options = options
  }

  /** Every exchange so far except confirmations. */
  get exchanges(): Exchange[] {
    return [...this.#sent.values()].flat()
  }

  /** Cost of everything that was sent, including confirmations. */
  get cost(): Cost {
    return costOf(this.#billed)
  }

  /** Returns true if the budget allows these requests. */
  canAfford(requests: readonly SentRequest[]): boolean {
    const { budgetSeconds = Infinity } = this.#options
    return costOf([...this.#billed, ...requests]).audioSeconds <= budgetSeconds
  }

  /** Returns the exchanges of a request; none before it is sent. */
  exchangesOf({ id }: SentRequest): Exchange[] {
    return this.#sent.get(id) ?? []
  }

  /** Sends the new requests, several at a time; the requests of a group start together. */
  async send(requests: readonly SentRequest[]): Promise<void> {
    const fresh = requests.filter(({ id }) => !this.#sent.has(id))
    const alone = fresh.filter(({ plan }) => !plan.delivery?.together)
    const running = new Set<SentRequest>()
    const record = async (request: SentRequest) => {
      this.#neighbors.set(request.id, [...running])
      running.add(request)
      const exchanges = await this.#exchange(request).finally(() => running.delete(request))
      // An exchange that the caller aborted says nothing about the gateway.
      if (this.#options.signal?.aborted) return
      this.#sent.set(request.id, exchanges)
      for (const exchange of exchanges) this.#options.onExchange?.(exchange)
    }
    const worker = async () => {
      for (let request = alone.shift(); request && !this.#options.signal?.aborted; request = alone.shift())
        await record(request)
    }
    await Promise.all(Array.from({ length: this.#options.concurrency ?? 4 }, worker))
    const groups = groupBy(fresh, ({ plan }) => plan.delivery?.together)
    groups.delete(undefined)
    for (const group of groups.values()) {
      await Promise.all(group.map(record))
      for (const { id } of group)
        this.#neighbors.set(
          id,
          group.filter((other) => other.id !== id),
        )
    }
  }

  /**
   * Sends requests a second time, never a third time, under the load of the first time: together
   * with the requests that were sent at the same time, if the budget allows.
   * Returns undefined if the budget is too small or the run was interrupted.
   */
  async confirm(requests: readonly SentRequest[]): Promise<Exchange[] | undefined> {
    const isFresh = ({ id }: SentRequest) => !this.#confirmed.has(id)
    if (!this.canAfford(requests.filter(isFresh)) || this.#options.signal?.aborted) return undefined
    const withNeighbors = (request: SentRequest) => [request, ...(this.#neighbors.get(request.id) ?? [])]
    const loaded = new Set(requests.filter(isFresh).flatMap(withNeighbors).filter(isFresh))
    const isLoadAffordable = this.canAfford([...loaded])
    const exchanges: Exchange[] = []
    for (const request of requests) {
      const group = isLoadAffordable ? withNeighbors(request) : [request]
      if (isFresh(request)) await Promise.all(group.map(async (one) => this.#sendAgain(one)))
      exchanges.push(...(await this.#sendAgain(request)))
    }
    return exchanges
  }

  /** Encodes a request that follows another; the same request alone has another id. */
  #encodeNext(next: RequestPlan, { id }: SentRequest): SentRequest {
    return { ...encodeRequest(next, this.#target), id: `${id}-next`, follows: id }
  }

  async #sendAgain(request: SentRequest): Promise<Exchange[]> {
    const running = this.#confirmed.get(request.id) ?? this.#exchange(request)
    this.#confirmed.set(request.id, running)
    return running
  }

  async #exchange(request: SentRequest): Promise<Exchange[]> {
    const { token = '', secrets, timeoutMs, signal } = this.#options
    const next = request.plan.delivery?.followedBy
    const usualMs = timeoutMs ?? (request.plan.seconds ? 120_000 : 20_000)
    const options = {
      token,
      secrets,
      timeoutMs: this.#timeouts < patience ? usualMs : Math.min(usualMs, shortTimeoutMs),
      signal,
    }
    for (const plan of request.plan.requires ?? []) await this.#findSource(plan, undefined, request)
    const bound = await this.#bind(request, [])
    if (!bound) return []
    this.#billed.push(bound)
    const requests = next ? [bound, this.#encodeNext(next, bound)] : [bound]
    let exchanges = await sendRequests(requests, options)
    const waitMs = retryAfterMs(exchanges)
    if (waitMs !== undefined && this.#retries-- > 0) {
      await sleep(Math.min(waitMs, maxWaitMs), undefined, signal && { signal }).catch(() => {})
      exchanges = await sendRequests(requests, options)
    }
    this.#timeouts += exchanges.filter(({ failure }) => failure?.code === 'timeout').length
    for (const [index, step] of (request.plan.next ?? []).entries()) {
      const encoded = encodeRequest(step, this.#target)
      const following = await this.#bind({ ...encoded, id: `${request.id}-${index + 2}` }, exchanges)
      if (!following) break
      this.#billed.push(following)
      exchanges.push(...(await sendRequests([following], options)))
    }
    return exchanges
  }

  /**
   * Replaces the placeholders of a request by values of earlier responses. Sends the requests that
   * have these values. Returns undefined if there is no value.
   */
  async #bind(request: SentRequest, chain: readonly Exchange[]): Promise<SentRequest | undefined> {
    const values: Record<string, string> = {}
    for (const [name, { from, places, isFresh }] of Object.entries(request.plan.bindings ?? {})) {
      const source = typeof from === 'number' ? chain[from] : await this.#findSource(from, isFresh, request)
      const value = source && readExpressions(source, places)
      if (value === undefined) return undefined
      values[name] = value
    }
    return bindValues(request, values)
  }

  /** Returns the exchange of a request that others take a value from. */
  async #findSource(
    plan: RequestPlan,
    isFresh: boolean | undefined,
    { id }: SentRequest,
  ): Promise<Exchange | undefined> {
    const source = encodeRequest(plan, this.#target)
    if (!isFresh) {
      const key = `${source.id}-source`
      if (!this.#sent.has(key)) this.#sent.set(key, await this.#exchange({ ...source, id: key }))
      return this.exchangesOf({ ...source, id: key })[0]
    }
    const key = `${id}-source`
    const exchanges = await this.#exchange({ ...source, id: key })
    this.#sent.set(key, [...(this.#sent.get(key) ?? []), ...exchanges])
    return exchanges[0]
  }
}

/** Returns the time to wait before a retry. A request that got 429 is not billed. */
function retryAfterMs(exchanges: Exchange[]): number | undefined {
  const busy = exchanges.find(({ response }) => response?.status === 429)
  const after = headerOf(busy?.response, 'retry-after')
  return after !== undefined && /^\d+$/.test(after) ? Number(after) * 1000 : undefined
}
