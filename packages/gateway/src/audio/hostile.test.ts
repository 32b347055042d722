import { describe, expect, test } from 'vitest'
import { decodeSamples } from '../testing/decode-samples.ts'
import { flacFile } from '../testing/flac-file.ts'
import { oggPage } from '../testing/ogg-file.ts'
import { UnsupportedAudioError } from '../transcriber-error.ts'
import { moveIndexToFront } from './containers/mp4.ts'
import { Resampler, type Filters } from './resampler.ts'

/** Expects that a file is refused. Returns the steps that this took. */
async function countSteps(bytes: Uint8Array): Promise<number> {
  let steps = 0
  await expect(decodeSamples(bytes, { onStep: () => steps++ })).rejects.toThrow(UnsupportedAudioError)
  return steps
}

const repeat = (bytes: Uint8Array, times: number) =>
  Uint8Array.from(Buffer.concat(Array.from({ length: times }, () => bytes)))

/** Minimp3 never comes back from these bytes. */
const endlessMp3 =
  'fff358000000000000500000000000000000000000000001114001f00246c00000000007f820087bb8c8f929a9c0000b5bdc5c7ca00cfd5d7dadddfe5ed00ff00006100ffe204000042a8008100003bb93bff5c5b1c88c3fc000000001e0f00983300000000fff338c41118d27294f68fad0000ff9fffff78850004cd4d3d5ec18b0100c9ba00c0cf4a36e3a34872b1bcf2f57298fb653271785922005623f9683217b865fdf0415ce9'

describe('a hostile file', () => {
  test('that an MP3 decoder loops on is refused', async () => {
    expect(await countSteps(Buffer.from(endlessMp3, 'hex'))).toBeGreaterThan(0)
  })

  test('with empty Ogg packets is decoded in steps and little memory', async () => {
    const sizes = Array.from({ length: 255 }, () => 0)
    const header = Buffer.from('OpusHead\x01\x01\0\0\x80\xbb\0\0\0\0\0', 'latin1')
    const first = oggPage({ serial: 1, isFirst: true, sizes: [header.length], content: header })
    const empty = oggPage({ serial: 1, sizes, content: new Uint8Array() })
    expect(await countSteps(Buffer.concat([first, repeat(empty, 2000)]))).toBeGreaterThan(100)
  })

  test('with FLAC in empty Ogg packets is decoded in steps and little memory', async () => {
    const sizes = Array.from({ length: 255 }, () => 0)
    const header = Buffer.from('\x7fFLAC\x01\0\0\0fLaC', 'latin1')
    const first = oggPage({ serial: 1, isFirst: true, sizes: [header.length], content: header })
    const empty = oggPage({ serial: 1, sizes, content: new Uint8Array() })
    expect(await countSteps(Buffer.concat([first, repeat(empty, 2000)]))).toBeGreaterThan(100)
  })

  const ebml = Buffer.from('1a45dfa380', 'hex')
  const tracks = Buffer.from('1654ae6b01ffffffffffffff', 'hex')
  test.for([
    { what: 'empty tracks', content: repeat(Buffer.from('ae80', 'hex'), 200_000), message: /too many elements/ },
    {
      what: 'a track number of a megabyte',
      content: Buffer.concat([Buffer.from('ae8fd7100fffff', 'hex'), new Uint8Array(0x0fffff)]),
      message: /an integer is too long/,
    },
  ])('with WebM of $what is refused', async ({ content, message }) => {
    await expect(decodeSamples(Buffer.concat([ebml, tracks, content]))).rejects.toThrow(message)
  })

  test('with an odd sample rate takes few filters', () => {
    const filters: Filters = []
    new Resampler(191_999, 16_000, filters).push(new Float32Array(191_999))
    expect(filters.filter(Boolean).length).toBeLessThanOrEqual(1024)
  })

  test('with MP4 boxes inside each other is searched no deeper than boxes are', () => {
    const depth = 100_000
    const boxes = Buffer.alloc(8 * depth)
    for (let index = 0; index < depth; index++) {
      boxes.writeUInt32BE(8 * (depth - index), 8 * index)
      boxes.write('moov', 8 * index + 4)
    }
    const media = Buffer.from('0000000c6d64617400000000', 'hex')
    expect(moveIndexToFront(Buffer.concat([media, boxes]))).toHaveLength(boxes.length + media.length)
  })

  test('with another sample rate in each part is refused', async () => {
    const rates = Array.from({ length: 20 }, (_, index) => 8000 + index)
    await expect(decodeSamples(flacFile(rates))).rejects.toThrow(/more than 16 sample rates/)
    expect((await decodeSamples(flacFile([8000, 16_000, 8000, 16_000]))).length).toBe(2 * 384 + 2 * 192)
  })
})
