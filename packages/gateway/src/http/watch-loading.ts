import type { Transcriber } from '../transcriber.ts'

/** Reports the loading state of the transcriber for load balancers. */
export function watchLoading(
  transcriber: Transcriber,
  models: readonly string[],
  onError: ((error: unknown, requestId: string) => void) | undefined,
): { load: () => Promise<void>; report: () => Response } {
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
    report() {
      const notReady = status === 'OK' ? {} : { status: 503, headers: { 'retry-after': '1' } }
      return Response.json({ status, models }, notReady)
    },
  }
}
