import { readFileSync } from 'node:fs'

const pollMs = 250

/**
 * Calls `stop` once, on SIGINT or SIGTERM. A second signal of the same kind ends the process.
 * If npm or npx started this program, also calls `stop` when that process has ended: its shell does
 * not forward signals. This requires `/proc`.
 */
export function whenStopped(stop: () => void): void {
  let isStopped = false
  const once = () => {
    if (!isStopped) stop()
    isStopped = true
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, once)
  const npm = findNpmProcess()
  if (npm === undefined) return
  const timer = setInterval(() => {
    if (isRunning(npm)) return
    clearInterval(timer)
    once()
  }, pollMs).unref()
}

/**
 * Returns the id of the npm process that started this process, directly or through a shell.
 * The shell itself may end earlier, when it runs this process in the background.
 */
function findNpmProcess(): number | undefined {
  if (!process.env['npm_command']) return undefined
  try {
    const [, name = '', parent] = /\((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${process.ppid}/stat`, 'utf8')) ?? []
    return name.endsWith('sh') ? Number(parent) : process.ppid
  } catch {
    return undefined
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
