import type { IncomingMessage, ServerResponse } from 'node:http'

/** Stands around every answer: it may change the request for `next`, and what comes of it. */
export type Around = (request: Request, next: (request: Request) => Promise<Response>) => Promise<Response>
/** Stands around what goes over the wire: `serve` answers, through `outgoing`. */
export type Wire = (incoming: IncomingMessage, outgoing: ServerResponse, serve: () => void) => void

/** What a server of `@livepeer-ai/server` takes as its `front`. */
export interface DefectFront {
  around: Around
  wire: Wire
}

/** What a defect may know of the server that has it. */
export interface Site {
  /** The token that the server accepts. */
  token: string
  /** The server's limit of a file, in bytes. */
  maxBytes: number
}

/** A named defect, so that a test can show who notices it. */
export interface Defect {
  name: string
  /** What a caller sees. */
  summary: string
  /** The conformance checks that are about it, by their ids in `spec/checks.yaml`. */
  checks: readonly string[]
  /** How it comes about: around the answers, or on the wire. Each server that has the defect makes its own. */
  around?: (site: Site) => Around
  wire?: () => Wire
}
