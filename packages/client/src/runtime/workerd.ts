import { buildClient, type Client } from '../client.ts'
import type { ClientOptions } from '../plain-client.ts'
import { rejectPath } from '../upload/file-input.ts'
import { toCutter } from '../upload/streaming/cut-token.ts'
import { readText } from '../upload/streaming/read-text.ts'
import { toStreamingForm } from '../upload/streaming/to-streaming-form.ts'

declare const FixedLengthStream: new (size: number) => TransformStream<Uint8Array, Uint8Array>

const toForm = toStreamingForm({
  openFile: rejectPath,
  redirect: 'manual',
  withLength: (body, size) => body.pipeThrough(new FixedLengthStream(size)),
})

/** Creates a client for Cloudflare Workers. Paths are not supported. */
export function createClient(options: ClientOptions): Client {
  return buildClient({ toForm, readText, toCutter }, options)
}
