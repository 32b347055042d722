export { createGateway } from './http/create-gateway.ts'
export type { Gateway, GatewayOptions } from './http/create-gateway.ts'
export type {
  Activity,
  Engines,
  Segment,
  StreamedInput,
  Streaming,
  TranscribeOptions,
  Transcriber,
  TranscriberInput,
  Transcript,
  Word,
} from './transcriber.ts'
export {
  AudioTooLongError,
  EngineError,
  TranscriberBusyError,
  TranscriberError,
  UnsupportedAudioError,
} from './transcriber-error.ts'
export { WorkerTranscriber } from './worker/worker-transcriber.ts'
export type { WorkerTranscriberOptions } from './worker/worker-transcriber.ts'
export type { ModelSource } from './worker/model-options.ts'
export { ForwardingTranscriber } from './forwarding/forwarding-transcriber.ts'
export type { ForwardingTranscriberOptions } from './forwarding/forwarding-transcriber.ts'
