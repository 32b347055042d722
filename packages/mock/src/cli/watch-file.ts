import { watch, type FSWatcher } from 'node:fs'
import { basename, dirname } from 'node:path'

/** Editors write a file in several steps or replace it. */
const settleMs = 100

/**
 * Calls back after a file has changed and settled. Watches the folder, because the file may be
 * replaced.
 */
export function watchFile(file: string, onChange: () => Promise<void>): FSWatcher {
  let timer: NodeJS.Timeout | undefined
  let last = Promise.resolve()
  return watch(dirname(file), (_, name) => {
    if (name !== null && name !== basename(file)) return
    clearTimeout(timer)
    // Calls run one after the other, so that the last change wins.
    timer = setTimeout(() => {
      last = last.then(onChange)
    }, settleMs)
  })
}
