/** Settles as `work` does, or rejects with the reason of the signal as soon as that is aborted: work that never ends cannot keep anybody waiting. */
export function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error)
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

/** Resolves after so many milliseconds, or rejects with the reason of the signal. */
export async function sleep(ms: number, signal: AbortSignal | null | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const work = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await (signal ? abortable(work, signal).finally(() => clearTimeout(timer)) : work)
}
