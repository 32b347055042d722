import { clientFor, type Client, type ClientOptions } from '../client.ts'
import { noFiles } from '../upload/file-input.ts'
import { toStreamingForm } from '../upload/streaming/to-streaming-form.ts'

declare const FixedLengthStream: new (size: number) => TransformStream<Uint8Array, Uint8Array>

const toForm = toStreamingForm({
  openFile: noFiles,
  redirect: 'manual',
  withLength: (body, size) => body.pipeThrough(new FixedLengthStream(size)),
})

/** As in Node, but a file cannot be given by its path. */
export function createClient(options: ClientOptions): Client {
  return clientFor(toForm, options)
}
