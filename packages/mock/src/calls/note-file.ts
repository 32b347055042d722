import { createHash } from 'node:crypto'
import { toFileFacts } from '@livepeer-ai/openapi/gateways'
import type { FilePart } from '@livepeer-ai/server'
import type { FileNotes } from './noted-form.ts'

/** Bytes at the beginning of a file that are enough to recognize its container. */
const headSize = 64

/** Counts and hashes the bytes of an upload as they arrive. Keeps only the first ones. */
export async function noteFile(_: FilePart, bytes: AsyncIterable<Uint8Array>): Promise<FileNotes> {
  const hash = createHash('sha256')
  let head = Buffer.alloc(0)
  let size = 0
  for await (const chunk of bytes) {
    hash.update(chunk)
    size += chunk.length
    if (head.length < headSize) head = Buffer.concat([head, chunk.subarray(0, headSize)])
  }
  return { ...toFileFacts(head, size), sha256: hash.digest('hex') }
}
