import type { Condition } from './condition.ts'
import type { Envelope } from './normalize-error.ts'

/** One implementation of the contract, as far as a client must know it to talk to it. Made from its overlay in `spec/gateways/`; about 1 KB. */
export interface Gateway {
  /** The name of its overlay, for example `go-livepeer`. */
  name: string
  /** What people call it. */
  title: string
  /** Other names that it is found by, for example those of public instances. */
  aliases: readonly string[]
  /** Base URLs of instances, the usual one first. The path of an operation is appended. */
  servers: readonly string[]
  authentication: {
    /** `optional`: checked when the operator has configured one. `ignored`: never looked at. */
    token: 'required' | 'optional' | 'ignored'
    /** The schemes of the `Authorization` header that it understands, in lower case. */
    schemes: readonly string[]
  }
  limits: Limits
  /** What is known about the containers of recordings, in lower case. One that is in neither list has not been tried. */
  containers: { accepted: readonly string[]; refused: readonly string[] }
  /** The envelopes that its error bodies come in. `normalizeError` reads them all. */
  envelopes: readonly Envelope[]
  /** By operationId: the text fields to send, by name. A field that is not listed is refused or ignored: do not send it. */
  fields: Readonly<Record<string, Readonly<Record<string, FieldRule>>>>
}

/** Beyond any of these a request is refused or fails. Absent: no limit is known. */
export interface Limits {
  /** Bytes of one file, inclusive. */
  maxBytes?: number
  /** Seconds of a recording, inclusive. */
  minSeconds?: number
  /** Seconds of a recording when the chunks are timed by word, inclusive. */
  maxWordSeconds?: number
  /** Requests of one caller in a minute. */
  requestsPerMinute?: number
  /** Seconds after which it gives up on an answer. */
  timeoutSeconds?: number
  /** The values of `model_id` that it takes as long as nobody has set it up otherwise. */
  models?: readonly string[]
}

/** What a text field must look like for this gateway. */
export interface FieldRule {
  required: boolean
  /** A value to send for a required field that the caller has nothing to say about. */
  example?: string
  /** What the gateway takes when the field is not sent. */
  default?: string
  /** The values that it takes. Absent: any. */
  enum?: readonly string[]
  /** A regular expression (ECMA-262) that the value must match. */
  pattern?: string
  /** The fewest characters that it takes. */
  minLength?: number
}

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
