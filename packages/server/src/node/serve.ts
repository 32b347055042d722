import type { IncomingMessage, ServerResponse } from 'node:http'
import { HttpError } from '../http/http-error.ts'
import type { Handler } from '../http/middleware.ts'
import type { Patience } from './incoming-chunks.ts'
import { sendResponse } from './send-response.ts'
import { toRequest } from './to-request.ts'

interface ServeOptions {
  /** True if the client waits for `100 Continue`. */
  isContinueExpected: boolean
  patience: Patience
  refuse: (error: HttpError) => Response
}

/** Answers one request of node:http with a handler. */
export async function serve(
  handle: Handler,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { isContinueExpected, patience, refuse }: ServeOptions,
): Promise<void> {
  let isBodyWanted = !isContinueExpected
  const onRead = () => {
    if (!isBodyWanted) outgoing.writeContinue()
    isBodyWanted = true
  }
  try {
    const request = toRequest(incoming, { signal: createSignal(outgoing), onRead, patience })
    const response = request instanceof Request ? await handle(request).catch(() => refuse(failed)) : refuse(request)
    await sendResponse(response, incoming, outgoing, isBodyWanted)
  } catch {
    // A body that fails: the client must not wait for the rest.
    outgoing.destroy()
  }
}

const failed = new HttpError(500, 'Internal server error.')

/** Returns a function that creates a signal on first use. It aborts when the client disconnects. */
function createSignal(outgoing: ServerResponse): () => AbortSignal {
  let controller: AbortController | undefined
  const hasGone = () => outgoing.closed && !outgoing.writableFinished
  const cancel = () => controller?.abort(new Error('the client has gone away'))
  outgoing.once('close', () => hasGone() && cancel())
  return () => {
    controller ??= new AbortController()
    if (hasGone()) cancel()
    return controller.signal
  }
}
