/** One attempt, as hooks see it: before the token is added. */
export interface RequestInfo {
  method: string
  url: string
  /** May be changed by `onRequest`. */
  headers: Headers
  /** Counts from 1 within one call. */
  attempt: number
}

/** Called around each attempt. What they throw ends the call. */
export interface Hooks {
  onRequest?: (request: RequestInfo) => void | Promise<void>
  onResponse?: (response: Response, request: RequestInfo) => void | Promise<void>
}
