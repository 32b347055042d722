import { readFileSync } from 'node:fs'

const pollMs = 250

/**
 * Calls `stop` once: on SIGINT or SIGTERM, or when the npm or npx that started this program has gone. That one starts a shell which does not pass
 * signals on. A second signal of the same kind ends the process at once. Who npm was can be told where there is a `/proc`.
 */
export function whenStopped(stop: () => void): void {
  let isStopped = false
  const once = () => {
    if (!isStopped) stop()
    isStopped = true
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, once)
  const npm = npmProcess()
  if (npm === undefined) return
  const timer = setInterval(() => {
    if (isRunning(npm)) return
    clearInterval(timer)
    once()
  }, pollMs).unref()
}

/** The process id of the npm that started this process, through a shell or without one. The shell alone may well end before: it has put us into the background. */
function npmProcess(): number | undefined {
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
