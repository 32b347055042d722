import { expect, test } from 'vitest'
import { SampleBuffer } from './sample-buffer.ts'

test('SampleBuffer returns samples by their position, however many were dropped', () => {
  const buffer = new SampleBuffer()
  const length = 10_000
  for (let position = 0; position < 500_000; position += length) {
    buffer.append(Float32Array.from({ length }, (_, index) => position + index))
    buffer.dropBefore(position - 5000)
    expect(buffer.slice(Math.max(0, position - 5000), position + 2)[0]).toBe(Math.max(0, position - 5000))
    expect(buffer.slice(position, position + length).at(-1)).toBe(position + length - 1)
  }
  expect(buffer.length).toBe(500_000)
})
