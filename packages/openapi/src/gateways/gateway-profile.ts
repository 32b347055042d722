import type { Envelope } from '../normalize-error.ts'

/** One implementation of the contract, as far as a client must know it to talk to it. Made from its overlay in `spec/gateways/`; about 1 KB. */
export interface GatewayProfile {
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
