/** One attempt, as hooks see it: without the token. */
export interface RequestInfo {
  method: string
  url: string
  /** `onRequest` may change them. */
  headers: Headers
  /** Counts from 1 within a call. */
  attempt: number
}

/** Functions that are called before and after each attempt. If one throws, the call ends. */
export interface Hooks {
  onRequest?: (request: RequestInfo) => void | Promise<void>
  onResponse?: (response: Response, request: RequestInfo) => void | Promise<void>
}
