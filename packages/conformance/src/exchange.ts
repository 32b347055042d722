import type { RequestFacts as Facts } from '@livepeer-ai/openapi/gateways'
import type { RequestPlan } from './request-plan.ts'

/** One request and what became of it. */
export interface Exchange {
  request: SentRequest
  /** Absent when no answer came. */
  response?: ReceivedResponse
  failure?: Failure
  /** ISO 8601. */
  startedAt: string
  /** Milliseconds from the first byte sent to the last byte received. */
  ms: number
}

export interface SentRequest {
  /** With the fields that this gateway is known to need. */
  plan: RequestPlan
  /** Short hash of all that is sent; the same in every run. */
  id: string
  url: string
  method: string
  /** The request target, as on the request line. */
  target: string
  /** As on the wire, but for the token, which reads `{token}`. */
  headers: readonly Header[]
  body: Buffer
  /** What the conditions of a deviation are about; of the answer, only `status`. */
  facts: Facts
}

export type Header = readonly [name: string, value: string]

export interface ReceivedResponse {
  httpVersion: string
  status: number
  reason: string
  headers: readonly Header[]
  /** With the transfer coding and the content coding taken off. What is over the limit is cut. */
  body: Buffer
  /** Statuses of the interim (1xx) responses before it. */
  interim: readonly number[]
  /** Milliseconds from the first byte sent to the end of the headers. */
  headersMs: number
  /** What is wrong with it as a message of HTTP, for example a body that is shorter than its Content-Length. */
  faults: readonly string[]
}

/** Why there is no answer, or none that is complete. */
export interface Failure {
  code: 'refused' | 'dropped' | 'timeout' | 'malformed' | 'too-large' | 'tls'
  message: string
}

/** The value of a header, those of several lines joined by commas; undefined without one. */
export function headerOf(message: { headers: readonly Header[] } | undefined, name: string): string | undefined {
  const values = message?.headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value)
  return values?.length ? values.join(', ') : undefined
}

/** Returns true for the media type of JSON, or of a format based on JSON (RFC 6839). */
export const isJson = (mediaType = ''): boolean => /^application\/(.+\+)?json$/.test(mediaType)

/** The media type of a message in lower case, without parameters. */
export function mediaTypeOf(message: { headers: readonly Header[] } | undefined): string | undefined {
  return headerOf(message, 'content-type')?.split(';')[0]!.trim().toLowerCase()
}
