// The entry of Cloudflare Workers; its types are those of index.ts.
export { createClient } from './runtime/workerd.ts'
export { FileError, GatewayError, InvalidResponseError, NetworkError, ResponseError, TimeoutError } from './errors.ts'
