import { createGateway, type Transcriber } from '@livepeer-ai/gateway'
import { startMock, type MockOptions } from '@livepeer-ai/mock'
import { withDefects } from '@livepeer-ai/mock/defects'

export interface Mutant extends AsyncDisposable {
  url: string
  /** Returns the number of received requests. */
  requests: () => number
}

/** Starts the local gateway with these defects. */
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

/** Starts a mock that imitates a gateway and has these additional defects. */
export async function startMockMutant(
  names: readonly string[],
  options: Pick<MockOptions, 'exampleFor'> & { gateway: string; token: string; maxBytes: number },
): Promise<Mutant> {
  const mock = await startMock({ port: 0, defects: names, ...options })
  return { url: mock.url, requests: () => mock.calls.length, [Symbol.asyncDispose]: () => mock.close() }
}
