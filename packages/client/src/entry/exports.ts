// Exports that all runtimes share.
export type { Client } from '../client.ts'
export type { AudioToTextOptions, Transcript } from '../audio-to-text.ts'
export type { CallOptions } from '../call/call.ts'
export type { UploadProgress } from '../upload/upload.ts'
export type { FileInput, NamedStream, NativeFile } from '../upload/file-input.ts'
export type { GatewayOptions, GatewayProfile, Token } from '../gateway.ts'
export type { Hooks, RequestInfo } from '../call/hooks.ts'
export { FileError, GatewayError, InvalidResponseError, NetworkError, ResponseError, TimeoutError } from '../errors.ts'
