import { setTimeout } from 'node:timers/promises'
import { takeStep, type Steps } from '../../take-step.ts'

/** The behaviours of a thread, by the word that causes each. */
export const behaviours: Record<string, (steps: Steps) => Promise<unknown>> = {
  throw: () => Promise.reject(new RangeError('Something is out of range.')),
  crash() {
    void Promise.reject(new Error('Nobody catches this.'))
    return new Promise(() => {})
  },
  exit: () => process.exit(3),
  stuck: () => new Promise(() => {}),
  spin() {
    for (;;);
  },
  /** Its event loop stands still, without CPU time. */
  async block(steps) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
    await rest(steps)
  },
  async nap(steps) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
    await rest(steps)
  },
  async endless(steps) {
    for (;;) await rest(steps)
  },
  async polite(steps) {
    while (!steps.givesWay?.()) await rest(steps)
  },
  slow: (steps) => wait(40, steps),
  slower: (steps) => wait(120, steps),
}

async function wait(ms: number, steps: Steps): Promise<void> {
  const end = performance.now() + ms
  while (performance.now() < end) await rest(steps)
}

/** A step without work. */
async function rest(steps: Steps): Promise<void> {
  await setTimeout(5)
  await takeStep(steps)
}
