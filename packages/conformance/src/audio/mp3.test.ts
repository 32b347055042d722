import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { cutMp3 } from './mp3.ts'

const file = await readFile(new URL('../../fixtures/speech/austen-0930.mp3', import.meta.url))

test('cuts an MP3 between two frames', () => {
  const short = cutMp3(file, 1.26)
  expect(short.length).toBeLessThan(file.length / 2)
  expect(short.readUInt16BE(0) >> 5).toBe(0x7ff)
  expect(file.includes(short)).toBe(true)
  const next = file.subarray(file.indexOf(short) + short.length)
  expect(next.readUInt16BE(0) >> 5).toBe(0x7ff)
})

test('throws for a file that is not an MP3', () => {
  expect(() => cutMp3(Buffer.alloc(100), 1)).toThrow('There is no frame of MPEG audio at byte 0.')
})
