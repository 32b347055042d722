import type { Call } from '@livepeer-ai/server'
import type { MockCall } from './call.ts'
import type { FileNotes } from './exchange.ts'

/** What a request told about itself, once it has passed the front. */
export function callDetails({
  fields,
  files,
  value,
}: Pick<Call<FileNotes>, 'fields' | 'files' | 'value'>): Pick<MockCall, 'fields' | 'files' | 'body'> {
  return {
    fields,
    files: files.map(({ name, filename, mediaType, size, value: { sha256 } }) => ({
      name,
      ...(filename !== undefined && { filename }),
      mediaType,
      size,
      sha256,
    })),
    ...(value !== undefined && !(value instanceof Uint8Array) && { body: value }),
  }
}
