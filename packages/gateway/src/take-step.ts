import { setImmediate } from 'node:timers/promises'

/** Follows and ends long work. */
export interface Steps {
  /** Ends the work early; it rejects with the signal's reason. */
  signal?: AbortSignal | undefined
  /** Called when the next step begins. */
  onStep?: (() => void) | undefined
  /** True while other work in the same thread goes first. */
  givesWay?: (() => boolean) | undefined
}

/** Turns that work may leave to others before it takes a step, so that it does not starve. */
const maxTurns = 3

/**
 * Called between two steps of long work: lets other events in, throws if the signal has aborted,
 * and reports the next step.
 */
export async function takeStep({ signal, onStep, givesWay }: Steps): Promise<void> {
  await setImmediate()
  for (let turn = 0; turn < maxTurns; turn++) {
    if (!givesWay?.()) break
    await setImmediate()
  }
  signal?.throwIfAborted()
  onStep?.()
}
