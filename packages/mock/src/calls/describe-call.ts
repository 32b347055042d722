import type { Operation } from '@livepeer-ai/openapi'
import { urlOf, type Call } from '@livepeer-ai/server'
import { redactHeaders, type PendingCall } from './call.ts'
import type { FileNotes, NotedForm } from './noted-form.ts'

/** Returns a request as a call, before it is answered. */
export function describeCall(
  request: Request,
  operation: Operation | undefined,
  { fields, files, value }: NotedForm & Pick<Call<FileNotes>, 'value'>,
): PendingCall {
  return {
    operationId: operation?.operationId,
    method: request.method,
    path: urlOf(request).pathname,
    headers: redactHeaders(request.headers),
    fields,
    files: files.map(({ name, filename, mediaType, size, value: { sha256 } }) => ({
      name,
      filename,
      mediaType,
      size,
      sha256,
    })),
    body: value instanceof Uint8Array ? undefined : value,
  }
}
