import { describe, expect, test } from 'vitest'
import { tone } from '../testing/wav-file.ts'
import { Resampler } from './resampler.ts'

const target = 16_000

function resample(samples: Float32Array, rate: number, pieceLength = samples.length): Float32Array {
  const resampler = new Resampler(rate, target)
  const pieces: Float32Array[] = []
  for (let start = 0; start < samples.length; start += pieceLength) {
    pieces.push(resampler.push(samples.slice(start, start + pieceLength)))
  }
  return Float32Array.from([...pieces, resampler.flush()].flatMap((piece) => Array.from(piece)))
}

/**
 * Returns the level in dB relative to a full-scale sine. Ignores the edges, where a sine is cut
 * off.
 */
function level(samples: Float32Array): number {
  const middle = samples.slice(samples.length / 4, (samples.length * 3) / 4)
  return 10 * Math.log10((2 * middle.reduce((sum, sample) => sum + sample ** 2, 0)) / middle.length)
}

describe('Resampler', () => {
  test.for([8000, 11_025, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000, 192_000, 44_101])(
    'resamples a sine of 1 kHz from %i Hz with an error below -60 dB',
    (rate) => {
      const frequency = 1000
      const output = resample(tone(frequency, rate, 1, 1), rate)
      const expected = tone(frequency, target, 1, 1)
      expect(output.length).toBe(expected.length)
      const edge = 500
      const errors = output.slice(edge, -edge).map((sample, index) => sample - (expected[index + edge] ?? 0))
      expect(level(errors)).toBeLessThan(-60)
    },
  )

  test.for([
    { rate: 44_100, frequency: 6500 },
    { rate: 48_000, frequency: 6500 },
    { rate: 8000, frequency: 3200 },
  ])('lets $frequency Hz at $rate Hz pass', ({ rate, frequency }) => {
    expect(Math.abs(level(resample(tone(frequency, rate, 0.5, 1), rate)))).toBeLessThan(0.5)
  })

  test.for([
    { rate: 44_100, frequencies: [8100, 9000, 12_000, 15_900, 16_100, 20_000] },
    { rate: 48_000, frequencies: [8100, 8500, 15_000, 17_000, 23_000] },
    { rate: 22_050, frequencies: [8100, 9500, 11_000] },
    { rate: 96_000, frequencies: [8100, 16_000, 24_000, 40_000] },
  ])('keeps aliases of audio above 8 kHz at $rate Hz below -50 dB', ({ rate, frequencies }) => {
    for (const frequency of frequencies) {
      expect(level(resample(tone(frequency, rate, 0.5, 1), rate)), `${frequency} Hz`).toBeLessThan(-50)
    }
  })

  test('adds no images of 8 kHz audio above 4 kHz', () => {
    const output = resample(tone(1000, 8000, 0.5, 1), 8000)
    const image = tone(7000, target, 0.5, 1)
    const correlation = output.reduce((sum, sample, index) => sum + sample * (image[index] ?? 0), 0) / output.length
    expect(20 * Math.log10(Math.abs(2 * correlation) + 1e-12)).toBeLessThan(-50)
  })

  test.for([1, 7, 160, 4096])('gives the same result in pieces of %i samples as in one', (pieceLength) => {
    const samples = tone(700, 44_100, 0.1)
    expect(resample(samples, 44_100, pieceLength)).toEqual(resample(samples, 44_100))
  })
})
