import { clientFor, type Client, type ClientOptions } from '../client.ts'
import { noFiles } from './no-files.ts'
import { streaming, toStream } from './streaming.ts'

declare const FixedLengthStream: new (size: number) => TransformStream<Uint8Array, Uint8Array>

/** As in Node, but a recording cannot be given by its path: there are no files. */
export function createClient(options: ClientOptions): Client {
  return clientFor({ openFile: noFiles, send }, options)
}

// workerd takes a Content-Length from a stream of this kind only.
const send = streaming({ redirect: 'manual' }, (chunks, size) =>
  size === undefined ? toStream(chunks) : toStream(chunks).pipeThrough(new FixedLengthStream(size)),
)
