import { expect, test } from 'vitest'
import { allowedThreads } from './allowed-threads.ts'

test.for([
  { cores: 8, memory: 16e9, threads: 8 },
  { cores: 8, memory: 2e9, threads: 2 },
  { cores: 8, memory: 0.5e9, threads: 1 },
  { cores: 1, memory: 16e9, threads: 1 },
])('allowedThreads() is $threads with $cores cores and $memory bytes', ({ cores, memory, threads }) => {
  expect(allowedThreads(cores, memory)).toBe(threads)
})
