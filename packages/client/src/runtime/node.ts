import { clientFor, type Client, type ClientOptions } from '../client.ts'
import { openFile } from '../streaming/open-file.ts'
import { toStreamingForm } from '../streaming/to-streaming-form.ts'

// With another mode, Node's fetch keeps the whole body for a redirect: https://github.com/nodejs/undici/issues/4058
const toForm = toStreamingForm({ openFile, redirect: 'error' })

/**
 * A client of one gateway, or of several to be tried in order. Throws a TypeError when an option cannot be used.
 *
 * @example
 * const client = createClient({ baseUrl: 'http://127.0.0.1:4010' })
 * const { text } = await client.audioToText({ audio: 'speech.wav' })
 */
export function createClient(options: ClientOptions): Client {
  return clientFor(toForm, options)
}
