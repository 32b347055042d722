import type { Front } from '@livepeer-ai/server'

export type Around = Required<Front>['around']
export type Wire = Required<Front>['wire']

/** What a defect may know of the server that has it. */
export interface Site {
  /** The token that the server accepts. */
  token: string
  /** The server's limit of a file, in bytes. */
  maxBytes: number
}

/** A named defect, so that a test can show who notices it. */
export interface Drift {
  name: string
  /** What a caller sees. */
  summary: string
  /** The conformance checks that are about it, by their ids in `spec/checks.yaml`. */
  checks: readonly string[]
  /** How it comes about: around the answers, or on the wire. Each server that has the defect makes its own. */
  around?: (site: Site) => Around
  wire?: () => Wire
}
