import { parentPort } from 'node:worker_threads'
import type { TranscribeOptions, Transcriber } from '../transcriber.ts'
import type { Call, Outcome, Reply, Request } from './messages.ts'

/** Minimum time between two progress messages in milliseconds. */
const stepInterval = 250

/**
 * Serves this transcriber to a WorkerTranscriber in another thread. Call it once in the worker
 * thread.
 * @example
 * // In my-thread.ts:
 * serveTranscriber(new MyTranscriber())
 * // In the main thread:
 * new WorkerTranscriber({ thread: new URL('./my-thread.ts', import.meta.url) })
 */
export function serveTranscriber(transcriber: Transcriber): void {
  const port = parentPort
  if (!port) throw new Error('serveTranscriber() is for a worker thread; this is the main one.')
  const reply = (message: Reply) => port.postMessage(message)
  let controller = new AbortController()

  port.on('message', (request: Request) => {
    if (request.type === 'abort') {
      controller.abort()
      return
    }
    controller = new AbortController()
    const options = { signal: controller.signal, onStep: atIntervals(() => reply({ type: 'step' })) }
    void answer(transcriber, request, options).catch(toFailure).then(reply)
  })
}

async function answer(
  transcriber: Transcriber,
  call: Call,
  options: Pick<TranscribeOptions, 'signal' | 'onStep'>,
): Promise<Outcome> {
  if (call.type === 'load') {
    await transcriber.load()
    return { type: 'loaded' }
  }
  const { input, words } = call
  return { type: 'transcript', transcript: await transcriber.transcribe(input, { words, transfer: true, ...options }) }
}

function atIntervals(action: () => void): () => void {
  let last = -Infinity
  return () => {
    const now = performance.now()
    if (now - last < stepInterval) return
    last = now
    action()
  }
}

function toFailure(error: unknown): Outcome {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  return { type: 'failure', name, message }
}
