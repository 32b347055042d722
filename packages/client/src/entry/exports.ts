// What is the same in every runtime.
export type { Client } from '../client.ts'
export type { AudioToTextOptions, Transcript } from '../audio-to-text.ts'
export type { CallOptions } from '../call/call.ts'
export type { UploadProgress } from '../upload/form.ts'
export type { FileInput, NamedStream } from '../upload/file-input.ts'
export type { GatewayOptions, KnownGateway, Token } from '../gateway.ts'
export type { Hooks, RequestInfo } from '../call/hooks.ts'
export { FileError, GatewayError, InvalidResponseError, NetworkError, ResponseError, TimeoutError } from '../errors.ts'
