export { createGateway } from './create-gateway.ts'
export type { Gateway, GatewayOptions } from './create-gateway.ts'
export { AudioTooLongError, UnsupportedAudioError } from './transcriber.ts'
export type { Recording, Segment, Transcriber, Transcript, Word } from './transcriber.ts'
