/** The part of the work that one recording has had, in seconds of speech. */
export interface Share {
  seconds: number
}

/** A piece of work for one recording. */
export interface Task {
  share: Share
  /** Length of its speech in seconds. */
  seconds: number
}

/** One turn in so many is for the recording that has waited longest, so that none starves. */
const turnsPerRound = 4

/** A queue in which the recording that has had the least goes first. */
export class FairQueue<T extends Task> {
  /** The tasks by recording. The one that has waited longest is first. */
  readonly #tasks = new Map<Share, T[]>()
  #turn = 0
  #size = 0

  get size(): number {
    return this.#size
  }

  add(task: T): void {
    this.#size++
    const tasks = this.#tasks.get(task.share)
    if (tasks) tasks.push(task)
    else this.#tasks.set(task.share, [task])
  }

  /** Puts back a task that was taken in vain. It is the first one of its recording. */
  putBack(task: T): void {
    this.#size++
    task.share.seconds -= task.seconds
    this.#tasks.set(task.share, [task, ...(this.#tasks.get(task.share) ?? [])])
  }

  /** Takes the next task. */
  take(): T | undefined {
    const [longest] = this.#tasks.keys()
    this.#turn++
    return this.#takeFrom(this.#turn % turnsPerRound === 0 ? longest : this.#least())
  }

  /** Takes a task of a recording that has had less than so many seconds, if there is one. */
  takeBelow(seconds: number): T | undefined {
    const share = this.#least()
    return share && share.seconds < seconds ? this.#takeFrom(share) : undefined
  }

  /** Removes the tasks of a recording. */
  drop(share: Share): void {
    this.#size -= this.#tasks.get(share)?.length ?? 0
    this.#tasks.delete(share)
  }

  /** Removes and returns all tasks. */
  clear(): T[] {
    const tasks = [...this.#tasks.values()].flat()
    this.#tasks.clear()
    this.#size = 0
    return tasks
  }

  #least(): Share | undefined {
    let least: Share | undefined
    for (const share of this.#tasks.keys()) if (!least || share.seconds < least.seconds) least = share
    return least
  }

  #takeFrom(share: Share | undefined): T | undefined {
    if (!share) return undefined
    const [task, ...others] = this.#tasks.get(share) ?? []
    this.#tasks.delete(share)
    if (others.length) this.#tasks.set(share, others)
    if (!task) return undefined
    this.#size--
    share.seconds += task.seconds
    return task
  }
}
