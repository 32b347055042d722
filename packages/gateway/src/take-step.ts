import { setImmediate } from 'node:timers/promises'

import type { TranscribeOptions } from './transcriber.ts'

/** Stands between two steps of long work: tells of progress, lets other events in, and stops when the signal says so. */
export async function takeStep({ signal, onStep }: Pick<TranscribeOptions, 'signal' | 'onStep'>): Promise<void> {
  onStep?.()
  await setImmediate()
  signal?.throwIfAborted()
}
