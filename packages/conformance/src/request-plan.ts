/** What a check wants sent. Requests that are equal byte for byte are sent once, for all the checks that ask for them. */
export interface RequestPlan {
  /** Upper case; that of the operation unless given. */
  method?: string
  /** The request target behind the base URL, as it stands on the request line; the path of the operation unless given. `{token}` stands for the caller's token. */
  target?: string | undefined
  /** Sets headers or, with null, leaves them out. A list sends the header as many times. `{token}` stands for the caller's token. */
  headers?: Readonly<Record<string, string | readonly string[] | null>>
  body?: Body
  /** Seconds of audio that the gateway bills for this; 0 for a request that it has to refuse. */
  seconds: number
  /** Sends the body as it stands, without the fields that this gateway is known to need. */
  asIs?: true
  /** Tells apart requests that are equal and have to be sent several times. */
  copy?: number
  delivery?: Delivery
}

export type Body =
  | MultipartBody
  /** A body of its own media type; without one, no Content-Type is sent. */
  | { bytes: Uint8Array; type?: string }

/** A multipart/form-data body, right unless told otherwise. */
export interface MultipartBody {
  parts: readonly Part[]
  boundary?: string
  /** The boundary parameter of the Content-Type header as written there, where it is not `boundary`; null for no parameter. */
  declaredBoundary?: string | null
  preamble?: string
  epilogue?: string
  /** White space behind each boundary line. */
  padding?: string
  lineEnd?: '\n'
  /** Leaves out the last boundary. */
  unclosed?: true
}

/** A text field, or a file when it has a file name. */
export interface Part {
  name: string
  /** In the text of a chunked body, `{token}` stands for the caller's token. */
  value: string | Uint8Array
  filename?: string
  /** Media type; none is sent without one. */
  type?: string
  /** Header lines of the part, besides or (`Content-Disposition`) instead of the usual ones. */
  headers?: Readonly<Record<string, string>>
  /** Seconds of audio in it, where that is known. */
  seconds?: number
  /** The container of the recording, for example `wav`; absent for what is none. */
  container?: string
}

/** How the bytes go out, where that is not: at once, with a Content-Length, on a connection of their own. */
export interface Delivery {
  /** Sizes of the chunks of a chunked transfer coding; the last one is repeated until the body is sent. */
  chunks?: readonly number[]
  /** Added to the Content-Length. */
  contentLengthError?: number
  /** Bytes of the body after which the sender closes the connection. */
  abortAfter?: number
  /** Bytes of the body to send per second, for so many seconds; the rest at once. */
  slow?: { bytesPerSecond: number; seconds: number }
  /** Bytes at the end of the body that are written separately, after a pause. */
  lateTail?: number
  /** With `Expect: 100-continue`: the body waits for 100 or a final response, so many milliseconds at most. */
  expectMs?: number
  /** Sent on the same connection after the first response, or on a new one where the sender broke off; its exchange comes after the first one. */
  followedBy?: RequestPlan
  /** Sent at the same time as all others of the same name. */
  together?: string
}
