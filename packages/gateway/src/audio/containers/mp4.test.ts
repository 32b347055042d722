import { expect, test } from 'vitest'
import { readClip } from '../../testing/speech-clips.ts'
import { moveIndexToFront } from './mp4.ts'

/** Returns the first bytes of each chunk in the only table of chunk offsets. */
function chunks(file: Uint8Array): string[] {
  const buffer = Buffer.from(file)
  const table = buffer.indexOf('stco')
  return Array.from({ length: buffer.readUInt32BE(table + 8) }, (_, index) => {
    const offset = buffer.readUInt32BE(table + 12 + index * 4)
    return buffer.subarray(offset, offset + 16).toString('hex')
  })
}

const order = (file: Uint8Array) =>
  ['ftyp', 'moov', 'mdat'].toSorted((a, b) => Buffer.from(file).indexOf(a) - Buffer.from(file).indexOf(b))

test('moveIndexToFront() moves the index, which still points at the same media', async () => {
  const file = await readClip('austen-0930.m4a')
  expect(order(file)).toEqual(['ftyp', 'mdat', 'moov'])
  const moved = moveIndexToFront(file)
  expect(order(moved)).toEqual(['ftyp', 'moov', 'mdat'])
  expect(moved).toHaveLength(file.length)
  expect(chunks(moved).length).toBeGreaterThan(0)
  expect(chunks(moved)).toEqual(chunks(file))
})

test('moveIndexToFront() keeps a file whose index is in front', async () => {
  const moved = moveIndexToFront(await readClip('austen-0930.m4a'))
  expect(moveIndexToFront(moved)).toBe(moved)
})
