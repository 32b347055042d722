import { setImmediate } from 'node:timers/promises'

/** Follows and ends long work. */
export interface Steps {
  /** Ends the work early; it rejects with the signal's reason. */
  signal?: AbortSignal | undefined
  /** Called when the next step begins. */
  onStep?: (() => void) | undefined
}

/**
 * Called between two steps of long work: lets other events in, throws if the signal has aborted,
 * and reports the next step.
 */
export async function takeStep({ signal, onStep }: Steps): Promise<void> {
  await setImmediate()
  signal?.throwIfAborted()
  onStep?.()
}
