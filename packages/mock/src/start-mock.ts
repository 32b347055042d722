import { description as contract, type OpenAPI } from '@livepeer-ai/openapi'
import { isLoopback, listen, type Access, type Front } from '@livepeer-ai/server'
import { createCallLog } from './calls/call-log.ts'
import { createControl, isControl } from './control/control.ts'
import { createScript } from './control/script.ts'
import { imitateGateway, type Imitation } from './gateway/imitate-gateway.ts'
import type { Mock, MockOptions } from './mock-options.ts'
import { serveDescription } from './serve-description.ts'

/**
 * Starts a server that answers with the examples of a description.
 *
 * @throws ListenError, DescriptionError, RecordingError, UnknownGatewayError, UnknownStateError,
 * UnknownDefectError
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const { port = 4010, host = '127.0.0.1', faults = [] } = options
  const imitation = await createImitation(options)
  const maxBytes = options.maxBytes ?? imitation?.gateway.limits.maxBytes
  const front = await createFront(options, maxBytes)
  const script = createScript()
  const log = createCallLog()
  const reset = () => {
    log.calls.length = 0
    script.reset()
    for (const fault of faults) script.fault(fault, { times: Infinity })
  }
  reset()
  const control = createControl(script, log.calls, reset, controlAccess(options))
  const parts = { options, maxBytes, imitation, script, log }

  let server = await serveDescription(imitation?.description ?? options.description ?? contract, parts)
  const { url, close } = await listen(
    (request) => (isControl(request) ? control : server).fetch(request),
    (error) => server.refuse(error),
    { port, host, front },
  )
  return {
    url,
    get operations() {
      return server.operations.map(({ method, path }) => `${method} ${path}`)
    },
    calls: log.calls,
    respond: script.respond,
    fault: script.fault,
    waitForCall: log.waitForCall,
    reset,
    async update(changed: OpenAPI) {
      server = await serveDescription(changed, parts)
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** Returns the clients of `/__mock`: this machine, or those that the options open it to. */
function controlAccess({ host = '127.0.0.1', cors }: MockOptions): Access {
  return { hosts: isLoopback(host) ? [] : '*', origins: cors }
}

async function createImitation({ gateway, token, states = [] }: MockOptions): Promise<Imitation | undefined> {
  return gateway === undefined ? undefined : imitateGateway(gateway, { token, states, contract })
}

/** Returns the layer with the defects. The table of defects is loaded only if there are any. */
async function createFront({ defects, token }: MockOptions, maxBytes?: number): Promise<Front | undefined> {
  if (!defects?.length) return undefined
  const { withDefects } = await import('./defects/index.ts')
  return withDefects(defects, { token, maxBytes })
}
