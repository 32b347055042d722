/** Answers a request. */
export type Handler = (request: Request) => Promise<Response>

/** Wraps a handler: may replace the request for `next` and the response that `next` returns. */
export type Middleware = (request: Request, next: Handler) => Promise<Response>

/** The middleware that changes nothing. */
export const passOn: Middleware = (request, next) => next(request)
