// The entry of browsers, and of what has no entry of its own; its types are those of index.ts.
export { createClient } from './runtime/browser.ts'
export { FileError, GatewayError, InvalidResponseError, NetworkError, ResponseError, TimeoutError } from './errors.ts'
