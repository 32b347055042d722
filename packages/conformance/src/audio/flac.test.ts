import { expect, test } from 'vitest'
import { encodeFlac } from './flac.ts'
import { silence } from './wav.ts'

test('encodes the rate, the length and one frame for each 4096 samples', () => {
  const file = encodeFlac({ samples: Float32Array.from({ length: 5000 }, (_, index) => index / 5000), rate: 16_000 })
  expect(file.toString('latin1', 0, 4)).toBe('fLaC')
  expect(file.readBigUInt64BE(18) >> 44n).toBe(16_000n)
  expect(Number(file.readBigUInt64BE(18) & 0xf_ffff_ffffn)).toBe(5000)
  expect(file.length).toBe(42 + 2 * 13 + 2 * 5000)
})

test('puts other bytes into a metadata block before the frames', () => {
  const extra = Buffer.from('\0--boundary')
  const file = encodeFlac(silence(0.1), extra)
  expect(file.indexOf(extra)).toBe(50)
  expect(file.length).toBe(encodeFlac(silence(0.1)).length + 8 + extra.length)
})
