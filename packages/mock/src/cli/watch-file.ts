import { watch, type FSWatcher } from 'node:fs'
import { basename, dirname } from 'node:path'

/** Editors write a file in several steps, or put another in its place. */
const settleMs = 100

/** Calls back when a file has changed and has been left alone since. The folder is watched: a file may be replaced. */
export function watchFile(file: string, onChange: () => Promise<void>): FSWatcher {
  let timer: NodeJS.Timeout | undefined
  let last = Promise.resolve()
  return watch(dirname(file), (_, name) => {
    if (name !== null && name !== basename(file)) return
    clearTimeout(timer)
    // One after the other, so that the last change wins.
    timer = setTimeout(() => {
      last = last.then(onChange)
    }, settleMs)
  })
}
