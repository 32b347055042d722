import { expect, test } from 'vitest'
import { allowedThreads } from './allowed-threads.ts'

test.for([
  { cores: 8, memory: 16e9, models: 1, threads: 8 },
  { cores: 8, memory: 2e9, models: 1, threads: 2 },
  { cores: 8, memory: 4e9, models: 2, threads: 2 },
  { cores: 8, memory: 0.5e9, models: 1, threads: 1 },
  { cores: 1, memory: 16e9, models: 1, threads: 1 },
])('allowedThreads() is $threads with $cores cores, $memory bytes and $models models', ({ threads, ...machine }) => {
  expect(allowedThreads(machine)).toBe(threads)
})
