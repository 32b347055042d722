import { clientFor, type Client, type ClientOptions } from '../client.ts'
import { noFiles } from '../file-input.ts'
import { toStreamingForm } from '../streaming/to-streaming-form.ts'

declare const FixedLengthStream: new (size: number) => TransformStream<Uint8Array, Uint8Array>

const toForm = toStreamingForm({
  openFile: noFiles,
  init: { redirect: 'manual' },
  // The only body that workerd sends with a Content-Length.
  toBody: (stream, size) => stream.pipeThrough(new FixedLengthStream(size)),
})

/** As in Node, but a file cannot be given by its path. */
export function createClient(options: ClientOptions): Client {
  return clientFor(toForm, options)
}
