/** One attempt as hooks see it, before the token is added. */
export interface RequestInfo {
  method: string
  url: string
  /** `onRequest` may change them. */
  headers: Headers
  /** Counts from 1 within a call. */
  attempt: number
}

/** Called before and after each attempt. An error that they throw ends the call. */
export interface Hooks {
  onRequest?: (request: RequestInfo) => void | Promise<void>
  onResponse?: (response: Response, request: RequestInfo) => void | Promise<void>
}
