import { Worker } from 'node:worker_threads'

/** Limits of one step of a thread, in milliseconds. */
export interface StepLimits {
  /** Elapsed time. */
  stallTimeout: number
  /** CPU time of the thread; default: only the elapsed time counts. */
  cpuTimeout?: number | undefined
}

export interface Watched {
  worker: Worker
  limits: StepLimits
  /** Returns a number that grows with each step. */
  readProgress: () => number
  state: () => 'loading' | 'busy' | 'idle'
  onStall: () => void
}

/** Progress is read so many times until a thread has stalled: a suspended machine is no stall. */
const readings = 8
/** In milliseconds. Loading takes one long step. */
const loadTimeout = 60_000
/** Node 20 does not count the CPU time of a thread. Half of the elapsed time may go to others. */
const countsCpuTime = 'cpuUsage' in Worker.prototype
const elapsedPerCpuTime = 2

/** Watches the progress of a thread while it loads or is busy. */
export class Watchdog {
  readonly #watched: Watched
  readonly #interval: number
  /** Limit of the elapsed time. */
  readonly #timeout: number
  readonly #cpuTimeout: number
  #timer: NodeJS.Timeout | undefined
  /** The progress at the last reading, and the time since then. */
  #progress = NaN
  #elapsed = 0
  /** CPU time of the thread at the first reading with this progress, in milliseconds. */
  #cpuBefore: number | undefined

  constructor(watched: Watched) {
    const { stallTimeout, cpuTimeout = Infinity } = watched.limits
    this.#watched = watched
    this.#interval = Math.min(stallTimeout, cpuTimeout) / readings
    this.#timeout = countsCpuTime ? stallTimeout : Math.min(stallTimeout, elapsedPerCpuTime * cpuTimeout)
    this.#cpuTimeout = countsCpuTime ? cpuTimeout : Infinity
  }

  start(): void {
    if (this.#timer) return
    this.#progress = NaN
    this.#timer = setInterval(() => this.#check(), this.#interval)
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #check(): void {
    const state = this.#watched.state()
    if (state === 'idle') return this.stop()
    const progress = this.#watched.readProgress()
    if (progress !== this.#progress) {
      this.#progress = progress
      this.#elapsed = 0
      this.#cpuBefore = undefined
    } else this.#elapsed += this.#interval
    const isLoading = state === 'loading'
    if (this.#elapsed >= (isLoading ? loadTimeout : this.#timeout)) this.#watched.onStall()
    else if (!isLoading && this.#cpuTimeout < Infinity) void this.#checkCpuTime(progress)
  }

  async #checkCpuTime(progress: number): Promise<void> {
    // A thread that ends has no count.
    const usage = await this.#watched.worker.cpuUsage().catch(() => undefined)
    if (!usage || !this.#timer || this.#watched.readProgress() !== progress) return
    const cpu = (usage.user + usage.system) / 1000
    this.#cpuBefore ??= cpu
    if (cpu - this.#cpuBefore >= this.#cpuTimeout) this.#watched.onStall()
  }
}
