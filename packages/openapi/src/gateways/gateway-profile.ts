import type { Envelope } from '../normalize-error.ts'

/**
 * The facts about a gateway that a client needs to talk to it, about 1 KB. Generated from its
 * overlay in `spec/gateways/`.
 */
export interface GatewayProfile {
  /** The name of its overlay, for example `go-livepeer`. */
  name: string
  /** The name that people use for it. */
  title: string
  /** Other names for the same gateway, for example those of public instances. */
  aliases: readonly string[]
  /** Base URLs of instances, the usual one first. The path of an operation is appended. */
  servers: readonly string[]
  authentication: {
    /** `optional`: checked when the operator has configured one. `ignored`: never looked at. */
    token: 'required' | 'optional' | 'ignored'
    /** The schemes of the `Authorization` header that it accepts, in lower case. */
    schemes: readonly string[]
  }
  limits: Limits
  /** Containers of recordings, in lower case. A container in neither list has not been tried. */
  containers: { accepted: readonly string[]; refused: readonly string[] }
  /** The envelopes of its error bodies. `normalizeError` reads all of them. */
  envelopes: readonly Envelope[]
  /**
   * The text fields to send, by operationId and name. Do not send other fields: the gateway rejects
   * or ignores them.
   */
  fields: Readonly<Record<string, Readonly<Record<string, FieldRule>>>>
}

/** Limits of the gateway. It rejects or fails requests beyond them. Absent: no limit is known. */
export interface Limits {
  /** Size of one file in bytes, inclusive. */
  maxBytes?: number
  /** Length of a recording in seconds, inclusive. */
  minSeconds?: number
  /** Length of a recording in seconds for word timestamps, inclusive. */
  maxWordSeconds?: number
  /** Requests per minute and client. */
  requestsPerMinute?: number
  /** Time in seconds after which the gateway gives up. */
  timeoutSeconds?: number
  /** The `model_id` values that it accepts in its default configuration. */
  models?: readonly string[]
}

/** The rules of this gateway for a text field. */
export interface FieldRule {
  required: boolean
  /** A value for a required field that the caller does not set. */
  example?: string
  /** The value that the gateway uses if the field is absent. */
  default?: string
  /** The accepted values. Absent: any. */
  enum?: readonly string[]
  /** A regular expression (ECMA-262) that the value must match. */
  pattern?: string
  /** The minimum length of the value in characters. */
  minLength?: number
}
