import { createHash } from 'node:crypto'
import type { FilePart } from '@livepeer-ai/server'
import { fileFacts, type FileNotes } from './exchange.ts'

/** The bytes of an upload are counted and hashed as they come, and kept nowhere but for their head. */
export async function noteFile(_: FilePart, bytes: AsyncIterable<Uint8Array>): Promise<FileNotes> {
  const hash = createHash('sha256')
  let head = Buffer.alloc(0)
  let size = 0
  for await (const chunk of bytes) {
    hash.update(chunk)
    size += chunk.length
    if (head.length < 64) head = Buffer.concat([head, chunk.subarray(0, 64)])
  }
  return { ...fileFacts(head, size), sha256: hash.digest('hex') }
}
