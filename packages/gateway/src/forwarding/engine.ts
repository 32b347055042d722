import { isObject } from '@livepeer-ai/openapi'
import {
  AudioTooLongError,
  EngineError,
  TranscriberBusyError,
  UnsupportedAudioError,
  type TranscriberError,
} from '../transcriber-error.ts'
import { isAboutFields, lowerDemand, type Demand } from './demand.ts'
import type { EngineBody } from './form-body.ts'
import { parseJson } from './parse-json.ts'

export interface EngineOptions {
  /** The URL before `/audio/transcriptions`. */
  baseUrl: string
  /** Sent as bearer token. */
  apiKey: string | undefined
  /** In milliseconds. */
  timeout: number
}

interface Answer {
  status: number
  body: string
  /** In seconds. */
  retryAfter: number | undefined
}

/** Statuses that are about the audio. All other errors are about the server. */
const audioErrors: Record<number, new (message: string) => TranscriberError> = {
  400: UnsupportedAudioError,
  413: AudioTooLongError,
  415: UnsupportedAudioError,
  422: UnsupportedAudioError,
}

/** Statuses that ask the client to come back later. */
const busy = new Set([429, 503])
const lengthRequired = 411
/** In milliseconds. */
const checkTimeout = 5000
/** Time in milliseconds after which a failed server is tried again, and a checked one checked. */
const pause = 5000
/** A server with so many internal errors in a row rests. One may be about a corrupt file. */
const maxFailures = 2

/** A server with OpenAI's `POST /audio/transcriptions`. */
export class Engine {
  readonly url: string
  readonly #options: EngineOptions
  readonly #headers: Record<string, string>
  #restsUntil = 0
  #takesStreams = true
  /** The most that it is not known to refuse. */
  #demand: Demand = 'granularities'
  /** Internal errors since its last other answer. */
  #failures = 0
  /** The error for which it rests. */
  #error: Error | undefined
  #checking: { since: number; result: Promise<void> } | undefined

  constructor(options: EngineOptions) {
    this.#options = options
    this.url = `${options.baseUrl.replace(/\/+$/, '')}/audio/transcriptions`
    this.#headers = options.apiKey === undefined ? {} : { authorization: `Bearer ${options.apiKey}` }
  }

  /** True unless it has failed or was busy a short time ago. */
  get isReady(): boolean {
    return Date.now() >= this.#restsUntil
  }

  /** The seconds until a busy server may be asked again; undefined if it is not busy. */
  get busySeconds(): number | undefined {
    if (this.isReady || !(this.#error instanceof TranscriberBusyError)) return undefined
    return Math.ceil((this.#restsUntil - Date.now()) / 1000)
  }

  /** False if it has asked for the length of a body. */
  get takesStreams(): boolean {
    return this.#takesStreams
  }

  /** The form of the next answer. */
  get demand(): Demand {
    return this.#demand
  }

  /**
   * Sends a form and returns the parsed body. If the server refuses what the form asks for, sends
   * another one that asks for less.
   * @throws UnsupportedAudioError, AudioTooLongError, TranscriberBusyError, EngineError, or the
   * reason of the signal
   */
  async transcribe(
    createForm: (demand: Demand) => EngineBody,
    signal: AbortSignal | undefined,
    demand: Demand = this.#demand,
  ): Promise<unknown> {
    const form = createForm(demand)
    const response = await this.#fetch(this.url, this.#options.timeout, signal, form)
    const { status, body } = response
    if (status < 500) this.#failures = 0
    if (status === 200) {
      this.#demand = demand
      return parseJson(body)
    }
    const lower = lowerDemand(demand, status, body)
    if (lower && !form.sent) return this.transcribe(createForm, signal, lower)
    if (lower) this.#demand = lower
    throw lower ? new TranscriberBusyError(`${this.url} ${describe(response)}`, 1) : this.#toError(response, form)
  }

  #toError(response: Answer, form: EngineBody): Error {
    const { status, body, retryAfter } = response
    const answer = describe(response)
    const audioError = isAboutFields(body) ? undefined : audioErrors[status]
    // Messages about the audio go to the client. They must not reveal the URL of the server.
    if (audioError) return new audioError(`The server that transcribes ${answer}`)
    if (status === lengthRequired && form.sent) {
      this.#takesStreams = false
      return new TranscriberBusyError(`${this.url} ${answer}`, 1)
    }
    if (!busy.has(status)) {
      const error = new EngineError(this.url, answer)
      return status >= 500 && ++this.#failures < maxFailures ? error : this.#rest(error, pause)
    }
    return this.#rest(new TranscriberBusyError(`${this.url} ${answer}`, retryAfter), (retryAfter ?? 1) * 1000)
  }

  /**
   * Asks for the models, which costs nothing. Servers without such a list answer 404, and are well.
   * @throws EngineError
   */
  check(): Promise<void> {
    const now = Date.now()
    if (!this.#checking || now - this.#checking.since >= pause) this.#checking = { since: now, result: this.#check() }
    return this.#checking.result
  }

  async #check(): Promise<void> {
    const url = this.url.replace(/audio\/transcriptions$/, 'models')
    const { status } = await this.#fetch(url, checkTimeout, undefined)
    const isRefused = status === 401 || status === 403
    if (isRefused || status >= 500)
      throw this.#rest(new EngineError(url, `answered ${status}${isRefused ? ' to the API key' : ''}.`), pause)
    if (this.#error instanceof EngineError) this.#restsUntil = 0
  }

  async #fetch(url: string, timeout: number, signal: AbortSignal | undefined, form?: EngineBody): Promise<Answer> {
    const limit = new AbortController()
    let timer: NodeJS.Timeout | undefined
    const start = () => (timer ??= setTimeout(() => limit.abort(), timeout))
    if (form?.sent) void form.sent.then(start)
    else start()
    try {
      const init: RequestInit & { duplex: 'half' } = {
        method: form ? 'POST' : 'GET',
        headers: { ...this.#headers, ...form?.headers },
        body: form?.body ?? null,
        duplex: 'half',
        signal: signal ? AbortSignal.any([signal, limit.signal]) : limit.signal,
      }
      const response = await fetch(url, init)
      return { status: response.status, body: await response.text(), retryAfter: retryAfterOf(response) }
    } catch (cause) {
      signal?.throwIfAborted()
      const isTimeout = limit.signal.aborted
      const problem = isTimeout ? `did not answer within ${timeout} ms` : 'cannot be reached'
      throw this.#rest(new EngineError(url, `${problem}.`, { cause, isTimeout }), isTimeout ? 0 : pause)
    } finally {
      clearTimeout(timer)
    }
  }

  #rest<T extends Error>(error: T, ms: number): T {
    this.#error = error
    this.#restsUntil = Date.now() + ms
    return error
  }
}

/** Returns the seconds of Retry-After, a number or a date (RFC 9110, 10.2.3). */
function retryAfterOf({ headers }: Response): number | undefined {
  const value = headers.get('retry-after') ?? ''
  const seconds = /^[\d.]+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000
  return seconds >= 0 ? Math.ceil(seconds) : undefined
}

function describe({ status, body }: Answer): string {
  const reason = errorMessage(body)
  return `answered ${status}${reason && `: ${reason}`}`
}

/**
 * Returns the message of OpenAI's error body (`{ error: { message } }`) or of its variants (`{
 * error }`, `{ detail }`, `{ detail: [{ msg }] }`, `{ message }`).
 */
function errorMessage(body: string): string {
  const parsed = parseJson(body)
  const { error, detail, message } = isObject(parsed) ? parsed : {}
  const inner = isObject(error) ? error['message'] : error
  const [first] = Array.isArray(detail) ? (detail as unknown[]) : []
  const found = [inner, detail, isObject(first) ? first['msg'] : undefined, message].find(
    (value) => typeof value === 'string',
  )
  return found?.slice(0, 200) ?? ''
}
