/** The callback that Dredd passes to a hook of two arguments. */
export type Done = () => void

/**
 * Wraps a hook in the only form that Dredd waits for: two arguments, the second called exactly
 * once. `onError` gets the error of a hook that throws, rejects or takes longer than `timeoutMs`;
 * the run goes on.
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
      // Dredd calls hooks inside a try block, which must not enclose its next step.
      setImmediate(done)
    }
    const timer = setTimeout(() => finish(new Error(`no end after ${timeoutMs} ms`)), timeoutMs)
    // The chain also catches a hook that throws synchronously.
    Promise.resolve()
      .then(() => hook(subject))
      .then(
        () => finish(),
        (error: Error) => finish(error),
      )
  }
}
