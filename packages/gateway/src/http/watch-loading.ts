import type { Transcriber } from '../transcriber.ts'

/** Reports the state of the transcriber, and of the servers behind it, for load balancers. */
export function watchLoading(
  transcriber: Transcriber,
  models: readonly string[],
  onError: ((error: unknown, requestId: string) => void) | undefined,
): { load: () => Promise<void>; report: () => Promise<Response> } {
  let status: 'LOADING' | 'OK' | 'ERROR' = 'LOADING'
  return {
    load: () =>
      transcriber.load().then(
        () => void (status = 'OK'),
        (error: unknown) => {
          status = 'ERROR'
          onError?.(error, 'loading')
        },
      ),
    async report() {
      const engines = await transcriber.countEngines?.()
      const now = engines ? (engines.well > 0 ? 'OK' : 'ERROR') : status
      const notReady = now === 'OK' ? {} : { status: 503, headers: { 'retry-after': '1' } }
      return Response.json({ status: now, models, engines }, notReady)
    },
  }
}
