import { description as contract, listOperations, type OpenAPI } from '@livepeer-ai/openapi'
import { createServer, HttpError, listen, urlOf, type Server } from '@livepeer-ai/server'
import { createAnswer } from './prism/answer.ts'
import { callDetails } from './calls/call-details.ts'
import { createCallLog, type CallLog } from './calls/call-log.ts'
import type { MockCall } from './calls/call.ts'
import { createControl } from './control/control.ts'
import type { FileNotes } from './calls/request-facts.ts'
import type { Fault } from './control/fault.ts'
import { imitateGateway } from './gateway/imitate-gateway.ts'
import { noteFile } from './calls/note-file.ts'
import type { Recorded } from './record/recorded.ts'
import { createRecorder } from './record/recorder.ts'
import { createReplayer } from './record/replayer.ts'
import { createScript, type Script } from './control/script.ts'
import type { Stage } from './stage.ts'

export interface MockOptions {
  /** 4010 unless given; 0 for any that is free. */
  port?: number
  /** 127.0.0.1 unless given. */
  host?: string
  /** The description to serve; audio-to-text unless given. */
  description?: OpenAPI
  /** The bearer token that is accepted; any, unless given. */
  token?: string
  /** Limit of a file in bytes; 50 MiB unless given. */
  maxBytes?: number
  /** The gateway to imitate, by its name in `@livepeer-ai/openapi/gateways`; the contract itself, unless given. */
  gateway?: string
  /** States of that gateway, for what it does sometimes, for example `no-orchestrator`. */
  states?: readonly string[]
  /** Faults that every answer has, from the start. */
  faults?: readonly Fault[]
  /** Named defects of the whole server, from the table of `@livepeer-ai/mock/defects`. What `calls` notes is without them. */
  defects?: readonly string[]
  /** Whether answers are made up instead of taken from the examples, unless a call prefers otherwise. */
  dynamic?: boolean
  /** What answers are made up from: the same seed and request give the same answer. */
  seed?: string
  /** Passes every call on to `upstream`, a base URL, and keeps the exchange as a HAR file in `directory`. */
  record?: { directory: string; upstream: string }
  /** A directory of recordings to answer from, and from nothing else. */
  replay?: string
  /** Told of each call when it has been answered, and of each exchange that has been recorded. */
  onEvent?: (event: MockEvent) => void
}

export type MockEvent = { type: 'call'; call: MockCall } | ({ type: 'recorded' } & Recorded)

/** A mock server that runs. */
export interface Mock extends AsyncDisposable, Pick<Script, 'respond' | 'fault'>, Pick<CallLog, 'waitForCall'> {
  url: string
  /** What is served, as method and path. */
  readonly operations: string[]
  /** The latest calls, oldest first, 1,000 at most. */
  calls: readonly MockCall[]
  /** Forgets all calls, responses and faults. */
  reset: () => void
  /** Serves another description from now on. Rejects with a DescriptionError, and goes on as before, when it cannot. */
  update: (description: OpenAPI) => Promise<void>
  close: () => Promise<void>
}

/** A description that cannot be served. */
export class DescriptionError extends Error {
  override name = 'DescriptionError' as const
}

/**
 * Starts a server that answers with the examples of a description.
 *
 * @throws ListenError when the port cannot be used, DescriptionError, RecordingError, UnknownGatewayError, UnknownStateError,
 * UnknownDefectError
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const { port = 4010, host = '127.0.0.1', token, faults = [], record, replay, dynamic, seed, onEvent } = options
  const imitation =
    options.gateway === undefined
      ? undefined
      : await imitateGateway(options.gateway, { token, states: options.states ?? [], contract })
  const maxBytes = options.maxBytes ?? imitation?.gateway.limits.maxBytes
  const front = options.defects?.length
    ? (await import('./defects/index.ts')).withDefects(options.defects, {
        ...(token !== undefined && { token }),
        ...(maxBytes !== undefined && { maxBytes }),
      })
    : undefined
  const script = createScript()
  const log = createCallLog()
  const details = new WeakMap<Request, Omit<MockCall, 'status'>>()

  const reset = () => {
    log.calls.length = 0
    script.reset()
    for (const fault of faults) script.fault(fault, { times: Infinity })
  }
  reset()
  const control = createControl(script, log.calls, reset)

  async function stageFor(description: OpenAPI): Promise<Stage | undefined> {
    if (replay !== undefined) return createReplayer(replay)
    if (!record) return imitation
    return createRecorder({ ...record, description, onRecorded: (it) => onEvent?.({ type: 'recorded', ...it }) })
  }

  async function serverFor(description: OpenAPI): Promise<Server> {
    const outside = /"\$ref":"([^#"][^"]*)"/.exec(JSON.stringify(description))?.[1]
    if (outside !== undefined)
      throw new DescriptionError(
        `The description cannot be served: '${outside}' stands in another file. Bundle it first, for example with \`npx @redocly/cli bundle\``,
      )
    const stage = await stageFor(description)
    try {
      const answer = await createAnswer(description, { ...(dynamic && { dynamic }), ...(seed && { seed }) })
      return serve(description, stage, answer)
    } catch (error) {
      throw new DescriptionError(`The description cannot be served: ${(error as Error).message}`, { cause: error })
    }
  }

  function serve(
    description: OpenAPI,
    stage: Stage | undefined,
    answer: Awaited<ReturnType<typeof createAnswer>>,
  ): Server {
    return createServer<FileNotes>({
      description,
      ...(token !== undefined && { tokens: [token] }),
      ...(maxBytes !== undefined && { maxBytes }),
      receiveFile: noteFile,
      otherwise: (request) => (isControl(request) ? control.fetch(request) : undefined),
      ...(stage && {
        around: (request, next) => (isControl(request) ? next(request) : stage.around(request, next)),
      }),
      handle(call) {
        const form = stage?.formOf(call.request)
        if (form?.files.some(({ size }) => size > (maxBytes ?? Infinity)))
          throw new HttpError(413, 'The file is too large.')
        const known = callDetails(call.request, call.operation, form ?? call)
        details.set(call.request, known)
        return script.play(known, () => answer(call, (form ?? call).files))
      },
      onResponse(request, operation, { status }) {
        if (isControl(request)) return
        const form = stage?.formOf(request) ?? { fields: {}, files: [] }
        const known = details.get(request) ?? callDetails(request, operation, form)
        const call = { ...known, status }
        log.add(call)
        onEvent?.({ type: 'call', call })
      },
    })
  }

  let description = imitation?.description ?? options.description ?? contract
  let server = await serverFor(description)
  const { url, close } = await listen(
    (request) => server.fetch(request),
    (error) => server.refuse(error),
    { port, host, ...(front && { front }) },
  )
  const update = async (changed: OpenAPI) => {
    server = await serverFor(changed)
    description = changed
  }
  const { calls, waitForCall } = log
  const { respond, fault } = script
  return {
    url,
    get operations() {
      return listOperations(description).map(({ method, path }) => `${method} ${path}`)
    },
    calls,
    respond,
    fault,
    waitForCall,
    reset,
    update,
    close,
    [Symbol.asyncDispose]: close,
  }
}

const isControl = (request: Request) => urlOf(request).pathname.startsWith('/__mock/')
