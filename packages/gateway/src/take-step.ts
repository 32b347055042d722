import { setImmediate } from 'node:timers/promises'
import type { TranscribeOptions } from './transcriber.ts'

/**
 * Called between two steps of long work: reports progress, lets other events in, and throws if the
 * signal has aborted.
 */
export async function takeStep({ signal, onStep }: Pick<TranscribeOptions, 'signal' | 'onStep'>): Promise<void> {
  onStep?.()
  await setImmediate()
  signal?.throwIfAborted()
}
