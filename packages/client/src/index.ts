export { createClient } from './create-client.ts'
export type { AudioToTextOptions, Client, ClientOptions, Transcript } from './create-client.ts'
export { GatewayError, NetworkError, ResponseError } from './errors.ts'
