import { createGateway, type Transcriber } from '@livepeer-ai/gateway'
import { startMock } from '@livepeer-ai/mock'
import { withDefects } from '@livepeer-ai/mock/defects'

export interface Mutant extends AsyncDisposable {
  url: string
  /** How many requests have come in. */
  requests: () => number
}

/** Starts the local gateway with these defects; none is the gateway as it should be. */
export async function startMutant(
  names: readonly string[],
  { transcriber, token, maxBytes }: { transcriber: Transcriber; token: string; maxBytes: number },
): Promise<Mutant> {
  const gateway = createGateway({ transcriber, tokens: [token], maxBytes, concurrency: 4 })
  const front = withDefects(names, { token, maxBytes })
  let requests = 0
  const counting: typeof front = {
    ...front,
    wire: (incoming, outgoing, serve) => {
      requests++
      front.wire(incoming, outgoing, serve)
    },
  }
  const { url, close } = await gateway.listen({ port: 0, host: '127.0.0.1', front: counting })
  return { url, requests: () => requests, [Symbol.asyncDispose]: () => close(0) }
}

/** Starts the mock as a real gateway, which has these defects besides its own. */
export async function startMockMutant(
  names: readonly string[],
  options: { gateway: string; token: string; maxBytes: number },
): Promise<Mutant> {
  const mock = await startMock({ port: 0, defects: names, ...options })
  return { url: mock.url, requests: () => mock.calls.length, [Symbol.asyncDispose]: () => mock.close() }
}
