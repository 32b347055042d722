import type { Condition } from './condition.ts'

/** One known difference between a gateway and the contract. */
export interface Deviation {
  /** Gateway and keyword, for example `go-livepeer/silent-200-on-get`. Stable. */
  id: string
  /** What a caller sees. */
  summary: string
  /** When it happens: under any of these conditions. */
  when: readonly Condition[]
  /** What the gateway answers then: one of these, the usual one first. */
  answers: readonly Answer[]
  /** `always`: the request decides alone. `sometimes`: it takes a certain state of the gateway as well. */
  frequency: 'always' | 'sometimes'
  /** How it is known: seen on a running gateway, its logic run again outside of it, read in its source, or reported by its users. */
  basis: 'run' | 'replay' | 'source' | 'issue'
  evidence: readonly Evidence[]
  /** The conformance checks that trip over it. */
  checks: readonly string[]
  /** What a client does about it. */
  cope: string
}

/**
 * How an answer differs from the contract's. What is not stated is as the contract says.
 * In headers and body, `{token}` stands for the caller's token and `{message}`, `{seconds}`, `{date}` for whatever is said there.
 */
export interface Answer {
  status?: number
  /** No answer comes: the connection is closed. */
  connection?: 'closed'
  headers?: Readonly<Record<string, string>>
  /** Headers that are missing, in lower case. */
  lacks?: readonly string[]
  mediaType?: string
  /** The body as sent. */
  body?: string
}

/** Where a deviation can be looked up. */
export interface Evidence {
  /** Owner and name on GitHub. */
  repository: string
  /** Number of the issue or pull request. */
  issue?: number
  file?: string
  /** Line or range of lines of the file, for example `70-79`. */
  lines?: string
  url: string
}
