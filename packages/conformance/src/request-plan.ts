import type { Operation } from '@livepeer-ai/openapi'

/** Placeholder in a header for a UUID of its own whenever the request is sent. */
export const uniqueMark = '{unique}'

/** A request to send. Requests with equal bytes are sent once, for all checks that plan them. */
export interface RequestPlan {
  /** Upper case; default: the method of the operation. */
  method?: string
  /**
   * Request target after the base URL; default: the path of the operation.
   * `{token}` stands for the caller's token.
   */
  target?: string | undefined
  /**
   * Sets headers; null removes a header, and a list repeats it.
   * `{token}` stands for the caller's token, `{token-cut}` for the token without its end.
   */
  headers?: Readonly<Record<string, string | readonly string[] | null>> | undefined
  body?: Body | undefined
  /** Seconds of audio that the gateway bills; 0 for a request that it must reject. */
  seconds: number
  /** If set, the fields that this gateway is known to require are not added. */
  asIs?: true
  /** Number of the copy, for equal requests that are sent several times. */
  copy?: number
  delivery?: Delivery
  /** Credentials in place of those of the run; null for none. */
  credentials?: Credentials | null
  /** Default: the operation that the check is planned for. */
  operation?: Operation
  /** Values from earlier responses, which replace `{path.NAME}` in the target and the body. */
  bindings?: Readonly<Record<string, Binding>> | undefined
  /** Requests that are sent before, once in a run; their responses do not matter. */
  requires?: readonly RequestPlan[]
  /** Requests that are sent one after the other once the response is there. */
  next?: readonly RequestPlan[]
  /** If set, a conforming server carries it out and changes its data. */
  writes?: true | undefined
  /** The change that it tests, in a few words. */
  words?: string | undefined
  /** If set, the request is malformed in a way that no description foresees. */
  isOdd?: true
}

/** The parts of a request that carry credentials. */
export interface Credentials {
  headers: readonly (readonly [name: string, value: string])[]
  /** Pairs of the query. */
  query: readonly string[]
}

/** A value from an earlier response. */
export interface Binding {
  /** The request, or its position in the chain. */
  from: RequestPlan | number
  /** Runtime expressions such as `$response.body#/id`. The first with a value wins. */
  places: readonly string[]
  /** If set, the request is sent for this use alone; otherwise once in a run. */
  isFresh?: true
  /** The JSON that it replaces as a property of the body; absent for other places. */
  instead?: string
}

export type Body =
  | MultipartBody
  /** A body of any other media type. Without a type, no Content-Type is sent. */
  | { bytes: Uint8Array; type?: string }

/** A multipart/form-data body, valid by default. */
export interface MultipartBody {
  parts: readonly Part[]
  boundary?: string
  /** The boundary in the Content-Type header; null for no parameter; default: `boundary`. */
  declaredBoundary?: string | null
  preamble?: string
  epilogue?: string
  /** White space after each boundary. */
  padding?: string
  lineEnd?: '\n'
  /** If set, the last boundary is missing. */
  unclosed?: true
}

/** A text field, or a file if it has a file name. */
export interface Part {
  name: string
  /** In the text of a chunked body, `{token}` stands for the caller's token. */
  value: string | Uint8Array
  filename?: string
  /** Media type; default: none is sent. */
  type?: string
  /** Additional header lines. `Content-Disposition` replaces the usual one. */
  headers?: Readonly<Record<string, string>>
  /** Seconds of audio, if known. */
  seconds?: number
  /** Container of the recording, for example `wav`; absent for other files. */
  container?: string
}

/** Delivery of the bytes; default: at once, with a Content-Length, on a connection of their own. */
export interface Delivery {
  /** Sizes of the chunks of a chunked transfer coding. The last size is repeated. */
  chunks?: readonly number[]
  /** Number that is added to the Content-Length. */
  contentLengthError?: number
  /** Number of body bytes after which the client closes the connection. */
  abortAfter?: number
  /** Body bytes per second for some seconds; the rest is sent at once. */
  slow?: { bytesPerSecond: number; seconds: number }
  /** Number of bytes at the end of the body that are sent after a pause. */
  lateTail?: number
  /** With `Expect: 100-continue`: milliseconds to wait for a response before sending the body. */
  expectMs?: number
  /**
   * Request that is sent on the same connection after the first response.
   * It gets a new connection if the client closed the first one.
   */
  followedBy?: RequestPlan
  /** Name of a group of requests that are sent at the same time. */
  together?: string
}
