import type { OpenAPI } from '@livepeer-ai/openapi'
import type { CallLog } from './calls/call-log.ts'
import type { MockCall, PendingCall } from './calls/call.ts'
import type { Problem } from './calls/problem.ts'
import type { Fault } from './control/fault.ts'
import type { Script } from './control/script.ts'
import type { Recorded } from './record/recorded.ts'

export interface MockOptions {
  /** Default: 4010; 0: any free port. */
  port?: number | undefined
  /** Default: 127.0.0.1. */
  host?: string | undefined
  /** The description to serve; default: audio-to-text. */
  description?: OpenAPI | undefined
  /** The accepted bearer token; default: any. */
  token?: string | undefined
  /** Size limit of a file in bytes; default: 50 MiB. */
  maxBytes?: number | undefined
  /** Name of the gateway to imitate, from `@livepeer-ai/openapi/gateways`; default: none. */
  gateway?: string | undefined
  /** States of that gateway that cause some deviations, for example `no-orchestrator`. */
  states?: readonly string[] | undefined
  /** Faults of every response. They survive a reset. */
  faults?: readonly Fault[] | undefined
  /**
   * Names of defects of the whole server, from `@livepeer-ai/mock/defects`. `calls` has the
   * responses as they would be without defects.
   */
  defects?: readonly string[] | undefined
  /** If set, responses are generated instead of taken from the examples. */
  dynamic?: boolean | undefined
  /** Returns the body of a success as JSON instead of the example, or undefined. May be async. */
  exampleFor?: ((call: PendingCall) => unknown) | undefined
  /** Seed of generated responses: the same seed and request give the same response. */
  seed?: string | undefined
  /** If set, responses come from the schemas, not from the examples. */
  ignoreExamples?: boolean | undefined
  /** If set, a response that does not fit the description becomes a 500 with its problems. */
  errors?: boolean | undefined
  /** If set, sends the callbacks of the description to the URLs that requests name. */
  callbacks?: boolean | undefined
  /**
   * Origins of pages that may send requests. Default: any, but only those of this machine for
   * `/__mock`.
   */
  cors?: '*' | readonly string[] | undefined
  /** Forwards calls to `upstream`, a base URL, and writes HAR files to `directory`. */
  record?: { directory: string; upstream: string } | undefined
  /** A directory of recordings to answer from. */
  replay?: string | undefined
  /** Called after each call and each recorded exchange, and with each fault of the description. */
  onEvent?: ((event: MockEvent) => void) | undefined
}

/** A `problem` is a fault of the description. Each is reported when it is met, once. */
export type MockEvent =
  | { type: 'call'; call: MockCall }
  | ({ type: 'recorded' } & Recorded)
  | ({ type: 'problem' } & Problem)

/** A running mock server. */
export interface Mock extends AsyncDisposable, Pick<Script, 'respond' | 'fault'>, Pick<CallLog, 'waitForCall'> {
  url: string
  /** The served operations, as method and path. */
  readonly operations: string[]
  /** The latest calls, oldest first, at most 1,000. */
  calls: readonly MockCall[]
  /** Forgets all calls, responses and faults, except for the faults of the options. */
  reset: () => void
  /** Serves another description. On a DescriptionError, the current one stays. */
  update: (description: OpenAPI) => Promise<void>
  close: () => Promise<void>
}
