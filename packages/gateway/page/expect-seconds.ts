/** Seconds per second of a recording, until the gateway knows its own speed. */
const usualFactor = 0.1
/** In milliseconds. */
const patience = 5000

/** Returns the seconds that a transcription will probably take; undefined if it cannot be known. */
export async function expectSeconds(recording: File): Promise<number | undefined> {
  const [duration, factor] = await Promise.all([durationOf(recording), meanFactor()])
  return duration === undefined ? undefined : duration * factor
}

/** Returns the duration in seconds, if the browser can read the recording. */
async function durationOf(recording: File): Promise<number | undefined> {
  const audio = new Audio()
  const url = URL.createObjectURL(recording)
  try {
    return await new Promise<number | undefined>((resolve) => {
      audio.addEventListener('loadedmetadata', () =>
        resolve(Number.isFinite(audio.duration) ? audio.duration : undefined),
      )
      audio.addEventListener('error', () => resolve(undefined))
      setTimeout(() => resolve(undefined), patience)
      audio.src = url
    })
  } finally {
    audio.removeAttribute('src')
    URL.revokeObjectURL(url)
  }
}

/** Returns the mean real-time factor of the gateway's transcriptions so far. */
async function meanFactor(): Promise<number> {
  const response = await fetch('/metrics').catch(() => undefined)
  const metrics = response?.ok ? await response.text() : ''
  const read = (name: string) =>
    Number(new RegExp(`^livepeer_ai_real_time_factor_${name} (\\S+)$`, 'm').exec(metrics)?.[1] ?? 0)
  const [sum, count] = [read('sum'), read('count')]
  return count > 0 ? sum / count : usualFactor
}
