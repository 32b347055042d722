/** The callback that Dredd hands to a hook of two arguments. */
export type Done = () => void

/**
 * A hook in the only form that Dredd waits for: two arguments, the second called exactly once.
 * A hook that throws, rejects or takes longer than `timeoutMs` is reported to `onError`; the run goes on and cannot hang.
 */
export function safeHook<T>(
  name: string,
  hook: (subject: T) => void | Promise<void>,
  onError: (subject: T, error: Error) => void,
  timeoutMs = 5_000,
): (subject: T, done: Done) => void {
  return (subject, done) => {
    let finished = false
    const finish = (error?: Error) => {
      if (finished) return
      finished = true
      clearTimeout(timer)
      if (error) onError(subject, new Error(`hook ${name}: ${error.message}`))
      // Dredd runs a hook inside a try block; what it does next must not be inside.
      setImmediate(done)
    }
    const timer = setTimeout(() => finish(new Error(`no end after ${timeoutMs} ms`)), timeoutMs)
    // The chain catches a hook that throws before it returns a promise, too.
    Promise.resolve()
      .then(() => hook(subject))
      .then(
        () => finish(),
        (error: Error) => finish(error),
      )
  }
}
