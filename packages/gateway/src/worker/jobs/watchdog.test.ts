import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import type { Piece } from '../../model/detection/find-speech.ts'
import { fakeThreads } from '../../testing/threads/fake-threads.ts'
import { TranscriberError } from '../../transcriber-error.ts'
import type { ModelOptions } from '../model-options.ts'
import { JobThread } from './job-thread.ts'
import type { StepLimits } from './watchdog.ts'

/** Node 20 does not count the CPU time of a thread. */
const countsCpuTime = 'cpuUsage' in Worker.prototype
const unlimited = 600_000

/** Runs a recording in a thread of its own. Returns its duration, or the message of its failure. */
async function run(text: string, limits: StepLimits): Promise<number | string> {
  const thread = new JobThread<ModelOptions, Uint8Array, Piece, number>(
    {
      module: fakeThreads.preparation,
      options: { maxDuration: 1, models: [], ffmpeg: '' },
      ...limits,
      stallError: () => new TranscriberError('stalled'),
    },
    () => {},
  )
  try {
    return await new Promise((resolve) => {
      thread.run(1, {
        input: Buffer.from(text),
        outputs: 0,
        onOutput: () => {},
        onResult: resolve,
        onFailure: ({ message }) => resolve(message),
      })
    })
  } finally {
    await thread.terminate()
  }
}

test('a thread that computes without a step is stopped by its CPU time', async () => {
  expect(await run('decode-spin', { cpuTimeout: 100, stallTimeout: unlimited })).toBe('stalled')
})

test('a thread that stands still without CPU time is stopped by the clock', async () => {
  expect(await run('decode-block', { cpuTimeout: unlimited, stallTimeout: 100 })).toBe('stalled')
})

test.runIf(countsCpuTime)('a thread that waits for its turn is not stopped', async () => {
  expect(await run('decode-nap', { cpuTimeout: 100, stallTimeout: unlimited })).toBeGreaterThan(0)
})
