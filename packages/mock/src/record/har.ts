/** An entry of HTTP Archive 1.2. Members that begin with `_` are extensions. */
export interface HarEntry {
  startedDateTime: string
  /** In milliseconds. */
  time: number
  request: {
    method: string
    url: string
    /** Path and query as received. Replayed requests are compared with it. */
    _path: string
    httpVersion: string
    headers: HarPair[]
    queryString: HarPair[]
    cookies: HarPair[]
    headersSize: number
    bodySize: number
    postData?: HarPostData | undefined
  }
  response: {
    status: number
    statusText: string
    httpVersion: string
    headers: HarPair[]
    cookies: HarPair[]
    content: { size: number; mimeType: string; text: string; encoding?: 'base64' }
    redirectURL: string
    headersSize: number
    bodySize: number
  }
  cache: object
  timings: { send: number; wait: number; receive: number }
  /** Differences between the response and the description, in words. */
  _problems: string[]
}

export interface HarPostData {
  mimeType: string
  params: HarParam[]
  text: string
  _sha256: string
}

export interface HarPair {
  name: string
  value: string
}

/** A part of a form. Files are represented by their digest. */
export interface HarParam {
  name: string
  value?: string
  fileName?: string | undefined
  contentType?: string
  _size?: number
  _sha256?: string
}

export interface Har {
  log: { version: '1.2'; creator: { name: string; version: string }; entries: HarEntry[] }
}
