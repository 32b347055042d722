/** An exchange as an entry of HTTP Archive 1.2 has it. */
export interface HarEntry {
  startedDateTime: string
  /** In milliseconds. */
  time: number
  request: {
    method: string
    url: string
    /** As it came, with the query: what a replayed request is compared with. */
    _path: string
    httpVersion: string
    headers: HarPair[]
    queryString: HarPair[]
    cookies: HarPair[]
    headersSize: number
    bodySize: number
    postData?: { mimeType: string; params: HarParam[]; text: string; _sha256: string }
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
  /** How the answer differs from the contract. */
  _problems: string[]
}

export interface HarPair {
  name: string
  value: string
}

/** Of a file only its digest is kept. */
export interface HarParam {
  name: string
  value?: string
  fileName?: string
  contentType?: string
  _size?: number
  _sha256?: string
}

export interface Har {
  log: { version: '1.2'; creator: { name: string; version: string }; entries: HarEntry[] }
}
