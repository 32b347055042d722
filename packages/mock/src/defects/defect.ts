import type { Middleware, Wire } from '@livepeer-ai/server'

/** The layers with defects, for the option `front` of a server of `@livepeer-ai/server`. */
export interface DefectFront {
  around: Middleware
  wire: Wire
}

/** The server that has a defect. */
export interface Site {
  /** The token that the server accepts. */
  token: string
  /** The size limit of a file in bytes. */
  maxBytes: number
}

/** Returns the middleware that changes one server. */
export type ChangeServer = (site: Site) => Middleware

/** A named defect, to test whether a check finds it. */
export interface Defect {
  name: string
  /** The defect as a client sees it. */
  summary: string
  /** The conformance checks that find it, by their ids in `spec/checks.yaml`. */
  checks: readonly string[]
  around?: ChangeServer
  /** Returns the layer on the wire that changes one server. */
  wire?: () => Wire
}
