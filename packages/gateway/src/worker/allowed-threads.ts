import { availableParallelism, totalmem } from 'node:os'

/** Measured memory in bytes of the gateway with one recognizing thread, and of each further one. */
const baseMemory = 550e6
const threadMemory = 300e6

interface Machine {
  cores?: number
  /** Free memory in bytes. */
  memory?: number
  /** Number of models. */
  models?: number
}

/**
 * Returns the default number of threads: one per core, in at most half of the free memory. Each
 * thread loads all models.
 */
export function allowedThreads({
  cores = availableParallelism(),
  memory = freeMemory(),
  models = 1,
}: Machine = {}): number {
  const affordable = 1 + Math.floor((memory / 2 - baseMemory - (models - 1) * threadMemory) / (threadMemory * models))
  return Math.max(1, Math.min(cores, affordable))
}

/** Containers limit the memory of a process. Older versions of Node do not report it. */
function freeMemory(): number {
  return 'availableMemory' in process ? process.availableMemory() : totalmem()
}
