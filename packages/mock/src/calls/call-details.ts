import type { Operation } from '@livepeer-ai/openapi'
import { urlOf, type Call } from '@livepeer-ai/server'
import { safeHeaders, type MockCall } from './call.ts'
import type { FileNotes } from './request-facts.ts'

/** What a request told about itself, before it is answered. */
export function callDetails(
  request: Request,
  operation: Operation | undefined,
  { fields, files, value }: Pick<Call<FileNotes>, 'fields' | 'files' | 'value'>,
): Omit<MockCall, 'status'> {
  return {
    ...(operation && { operationId: operation.operationId }),
    method: request.method,
    path: urlOf(request).pathname,
    headers: safeHeaders(request.headers),
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
