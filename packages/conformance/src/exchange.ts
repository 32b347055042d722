import type { RequestFacts } from '@livepeer-ai/openapi/gateways'
import type { RequestPlan } from './request-plan.ts'

/** One request with its response or failure. */
export interface Exchange {
  request: SentRequest
  /** Absent if no response arrived. */
  response?: ReceivedResponse | undefined
  failure?: Failure | undefined
  /** ISO 8601. */
  startedAt: string
  /** Milliseconds from the first byte sent to the last byte received. */
  ms: number
}

export interface SentRequest {
  /** Includes the fields that this gateway is known to require. */
  plan: RequestPlan
  /** Short hash of everything that is sent; the same in every run. */
  id: string
  url: string
  method: string
  /** The request target, as on the request line. */
  target: string
  /** Headers as sent, with `{token}` in place of the token. */
  headers: readonly Header[]
  body: Buffer
  /** Id of the request before it on the same connection. */
  follows?: string | undefined
  /** Set if the body may be incomplete, as in a recording of a browser. */
  isPartial?: true | undefined
  /** Facts for the conditions of deviations. */
  facts: RequestFacts
}

export type Header = readonly [name: string, value: string]

export interface ReceivedResponse {
  httpVersion: string
  status: number
  reason: string
  headers: readonly Header[]
  /** Decoded body, without transfer coding and content coding; cut at the size limit. */
  body: Buffer
  /** Statuses of the preceding interim (1xx) responses. */
  interim: readonly number[]
  /** Milliseconds from the first byte sent to the end of the headers. */
  headersMs: number
  /** Violations of HTTP, for example a body shorter than its Content-Length. */
  faults: readonly string[]
}

/** Reason for a missing or incomplete response. */
export interface Failure {
  code: 'refused' | 'dropped' | 'timeout' | 'malformed' | 'too-large' | 'tls'
  message: string
}

/** Returns the value of a header, with several lines joined by commas. */
export function headerOf(message: { headers: readonly Header[] } | undefined, name: string): string | undefined {
  const values = message?.headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value)
  return values?.length ? values.join(', ') : undefined
}

/** Returns true for the media type of JSON, or of a format based on JSON (RFC 6839). */
export const isJson = (mediaType = ''): boolean => /^application\/(.+\+)?json$/.test(mediaType)

/** Returns the media type of a message in lower case, without parameters. */
export function mediaTypeOf(message: { headers: readonly Header[] } | undefined): string | undefined {
  const mediaType = headerOf(message, 'content-type')
  return mediaType === undefined ? undefined : withoutParameters(mediaType)
}

/** Returns a media type in lower case, without parameters. */
export const withoutParameters = (mediaType: string): string => mediaType.split(';', 1).join('').trim().toLowerCase()

/** Returns true for one of the documented media types, which can be ranges such as `image/*`. */
export const isOneOf = (mediaType: string | undefined, documented: readonly string[]): boolean =>
  documented.map(withoutParameters).some((one) => {
    const isRange = one.endsWith('/*')
    return isRange ? one === '*/*' || mediaType?.startsWith(one.slice(0, -1)) : one === mediaType
  })
