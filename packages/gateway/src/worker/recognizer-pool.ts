import { TranscriberError } from '../transcriber-error.ts'
import type { Activity, Segment } from '../transcriber.ts'
import { FairQueue, type Task } from './fair-queue.ts'
import { JobThread, type Job, type ThreadOptions } from './jobs/job-thread.ts'
import type { ModelPiece } from './model-options.ts'

/** A piece of speech for a recognizer. */
export interface PieceTask extends Task {
  piece: ModelPiece
  onSegments: (segments: Segment[]) => void
  onFailure: (error: TranscriberError) => void
  /** Threads that have ended while they had the piece. */
  losses: number
}

type Recognizing<Options> = JobThread<Options, ModelPiece, 'encoded', Segment[]>

/**
 * A busy thread takes a second piece if its recording has had so many seconds less than that of the
 * first. The second piece gets most of the turns, so a short recording does not wait for a long
 * piece.
 */
const headStart = 10
/**
 * Milliseconds after two recordings met, in which one thread is kept free of long pieces. Always
 * kept free, it would slow down a recording that is alone.
 */
const sharing = 60_000
/** A piece that was lost so often is given up, even if it is not known to be the reason. */
const maxLosses = 3

/** Recognizes pieces of speech in several threads. Beyond the second, they start when needed. */
export class RecognizerPool<Options> {
  readonly #size: number
  readonly #options: ThreadOptions<Options>
  readonly #queue = new FairQueue<PieceTask>()
  readonly #threads = new Set<Recognizing<Options>>()
  /** The tasks in the threads. */
  readonly #running = new Map<number, PieceTask>()
  /** The pieces that the encoder works on, or will work on next. */
  readonly #encoding = new Set<number>()
  #sharedUntil = -Infinity
  #lastJob = 0

  constructor(size: number, options: ThreadOptions<Options>) {
    this.#size = size
    this.#options = options
  }

  get activity(): Activity {
    return { threads: this.#loaded.length, waiting: this.#queue.size }
  }

  get #loaded(): Recognizing<Options>[] {
    return [...this.#threads].filter((thread) => thread.isLoaded)
  }

  /** Loads the first thread, and then a second one in the background. */
  async load(): Promise<void> {
    const [thread = this.#start()] = this.#threads
    await thread.loaded
    if (this.#threads.size === 1 && this.#size > 1) this.#start()
  }

  add(task: PieceTask): void {
    if (task.share.seconds === 0 && this.#running.size > 0) this.#sharedUntil = performance.now() + sharing
    this.#queue.add(task)
    this.#dispatch()
  }

  /** Cancels all pieces of a recording. */
  cancel(share: Task['share']): void {
    this.#queue.drop(share)
    for (const thread of this.#threads)
      for (const job of thread.jobs.keys()) if (this.#running.get(job)?.share === share) thread.cancel(job)
  }

  async close(): Promise<void> {
    this.#queue.clear()
    await Promise.all([...this.#threads].map((thread) => thread.terminate()))
    this.#threads.clear()
  }

  #dispatch(): void {
    const loaded = this.#loaded
    for (const thread of loaded) if (thread.jobs.size === 0) this.#give(thread, this.#takeFor(thread))
    const busy = loaded.toSorted((one, other) => Number(this.#isEncoding(one)) - Number(this.#isEncoding(other)))
    for (const thread of busy) {
      const [first] = thread.jobs.keys()
      const share = thread.jobs.size === 1 && first !== undefined ? this.#running.get(first)?.share : undefined
      if (share) this.#give(thread, this.#queue.takeBelow(share.seconds - headStart))
    }
    const isLoading = loaded.length < this.#threads.size
    if (this.#queue.size > 0 && !isLoading && this.#threads.size < this.#size) this.#start()
  }

  /**
   * Nothing runs in a thread beside its encoder. The last thread without one is kept for recordings
   * that have had little: a short recording would wait until the encoder of a long piece ends.
   */
  #takeFor(thread: Recognizing<Options>): PieceTask | undefined {
    const others = this.#loaded.filter((other) => other !== thread)
    const isLast = others.length > 0 && others.every((other) => this.#isEncoding(other))
    return isLast && performance.now() < this.#sharedUntil ? this.#queue.takeBelow(headStart) : this.#queue.take()
  }

  #isEncoding(thread: Recognizing<Options>): boolean {
    return [...thread.jobs.keys()].some((number) => this.#encoding.has(number))
  }

  #give(thread: Recognizing<Options>, task: PieceTask | undefined): void {
    if (!task) return
    const number = ++this.#lastJob
    const settle = (report: () => void) => {
      this.#running.delete(number)
      this.#encoding.delete(number)
      report()
      this.#dispatch()
    }
    this.#running.set(number, task)
    this.#encoding.add(number)
    thread.run(number, {
      input: task.piece,
      outputs: 0,
      onOutput: () => {
        this.#encoding.delete(number)
        this.#dispatch()
      },
      onResult: (segments) => settle(() => task.onSegments(segments)),
      onFailure: (error) => settle(() => task.onFailure(error)),
    })
  }

  #start(): Recognizing<Options> {
    const thread: Recognizing<Options> = new JobThread(this.#options, (lost, error) => {
      this.#threads.delete(thread)
      if (!thread.isLoaded) this.#giveUp(error)
      this.#putBack(lost)
    })
    this.#threads.add(thread)
    thread.loaded.then(
      () => this.#dispatch(),
      () => {},
    )
    return thread
  }

  #putBack(lost: Map<number, Job<ModelPiece, 'encoded', Segment[]>>): void {
    for (const number of lost.keys()) {
      const task = this.#running.get(number)
      this.#running.delete(number)
      this.#encoding.delete(number)
      if (!task) continue
      if (++task.losses < maxLosses) this.#queue.putBack(task)
      else task.onFailure(new TranscriberError(`${maxLosses} threads ended while they recognized a piece.`))
    }
    this.#dispatch()
  }

  /** Without any thread, the pieces cannot be recognized. */
  #giveUp(error: TranscriberError): void {
    if (this.#threads.size > 0) return
    for (const task of this.#queue.clear()) task.onFailure(error)
  }
}
