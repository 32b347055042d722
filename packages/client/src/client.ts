import { audioToText, type AudioToTextOptions, type Transcript } from './audio-to-text.ts'
import { buildPlainClient, type ClientOptions, type PlainClient } from './plain-client.ts'
import type { Runtime } from './upload/form.ts'

export interface Client extends PlainClient {
  /**
   * Transcribes a recording. Throws a FileError if it cannot be read, a GatewayError if no
   * transcript arrives, and the reason of `signal` if it is aborted.
   */
  audioToText: (options: AudioToTextOptions) => Promise<Transcript>
}

/** Builds a client. */
export function buildClient(runtime: Runtime, options: ClientOptions): Client {
  const client = buildPlainClient(runtime, options)
  return { ...client, audioToText: (call) => audioToText(client, call) }
}
