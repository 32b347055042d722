import { createHash } from 'node:crypto'
import type { FilePart } from '@livepeer-ai/server'
import { fileFacts, type FileNotes } from './request-facts.ts'

/** As much of a recording as tells what it is. */
const headSize = 64

/** The bytes of an upload are counted and hashed as they come, and kept nowhere but for their head. */
export async function noteFile(_: FilePart, bytes: AsyncIterable<Uint8Array>): Promise<FileNotes> {
  const hash = createHash('sha256')
  let head = Buffer.alloc(0)
  let size = 0
  for await (const chunk of bytes) {
    hash.update(chunk)
    size += chunk.length
    if (head.length < headSize) head = Buffer.concat([head, chunk.subarray(0, headSize)])
  }
  return { ...fileFacts(head, size), sha256: hash.digest('hex') }
}
