import { createHash } from 'node:crypto'
import { toFileFacts } from '@livepeer-ai/openapi/gateways'
import { isJson, type FilePart } from '@livepeer-ai/server'
import type { FileNotes } from './noted-form.ts'

/** Bytes at the beginning of a file that are enough to recognize its container. */
const headSize = 64

/** Size limit in bytes of a JSON file that is kept. */
const maxJson = 1024 * 1024

/** Counts and hashes the bytes of an upload as they arrive. Keeps only the first ones, and JSON. */
export async function noteFile({ mediaType }: FilePart, bytes: AsyncIterable<Uint8Array>): Promise<FileNotes> {
  const hash = createHash('sha256')
  let head = Buffer.alloc(0)
  const kept: Uint8Array[] = []
  const keeps = isJson(mediaType)
  let size = 0
  for await (const chunk of bytes) {
    hash.update(chunk)
    size += chunk.length
    if (keeps && size <= maxJson) kept.push(chunk)
    if (head.length < headSize) head = Buffer.concat([head, chunk.subarray(0, headSize)])
  }
  const json = keeps && size <= maxJson ? Buffer.concat(kept).toString() : undefined
  return { ...toFileFacts(head, size), sha256: hash.digest('hex'), json }
}
