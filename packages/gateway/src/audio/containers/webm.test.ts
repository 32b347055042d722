import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { collectSamples } from '../../testing/samples.ts'
import { readClip } from '../../testing/speech-clips.ts'
import { oggPackets } from './ogg.ts'
import { decodeWebm } from './webm.ts'

/**
 * Returns an EBML element with an eight-byte size, like most writers. Without content the size is
 * unknown, like in a live recording.
 */
function element(id: number[], content?: Uint8Array): Uint8Array {
  const size = Buffer.from([0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])
  if (content) size.writeBigUInt64BE(2n ** 56n + BigInt(content.length))
  return Buffer.concat([Uint8Array.from(id), size, content ?? new Uint8Array()])
}

const text = (value: string) => Buffer.from(value, 'latin1')

function webm(track: Uint8Array[], blocks: Uint8Array[]): Uint8Array {
  return Buffer.concat([
    element([0x1a, 0x45, 0xdf, 0xa3], text('B\x82\x84webm')),
    element([0x18, 0x53, 0x80, 0x67]),
    element([0x16, 0x54, 0xae, 0x6b], element([0xae], Buffer.concat(track))),
    element([0x1f, 0x43, 0xb6, 0x75]),
    ...blocks.map((block) => element([0xa3], block)),
  ])
}

const audioTrack = (codec: string, codecPrivate: Uint8Array) => [
  element([0xd7], Uint8Array.of(1)),
  element([0x83], Uint8Array.of(2)),
  element([0x86], text(codec)),
  element([0x63, 0xa2], codecPrivate),
]

const xiphSize = (size: number) => [...new Uint8Array(Math.floor(size / 255)).fill(255), size % 255]
/** Lists all sizes but the last in front. */
const xiphLaced = (frames: Uint8Array[]) =>
  Buffer.concat([
    Uint8Array.of(frames.length - 1, ...frames.slice(0, -1).flatMap(({ length }) => xiphSize(length))),
    ...frames,
  ])
/** Two bytes each: the first size, then differences from -8191 up. */
const ebmlLaced = (frames: Uint8Array[]) => {
  const sizes = frames.slice(0, -1).map(({ length }) => length)
  const coded = sizes.map((size, index) => (index === 0 ? size : size - (sizes[index - 1] ?? 0) + 8191))
  return Buffer.concat([
    Uint8Array.of(frames.length - 1, ...coded.flatMap((value) => [0x40 | (value >> 8), value])),
    ...frames,
  ])
}

const block = (lacing: number, content: Uint8Array) => Buffer.concat([Uint8Array.of(0x81, 0, 0, lacing << 1), content])
const groups = <Item>(items: Item[], size: number) =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size))

const samples = async (file: Uint8Array) => (await collectSamples(decodeWebm(file)))[0] ?? []

/** Replaces the samples in assertions, whose output would be too long. */
const digest = async (file: Uint8Array) => {
  const mono = await samples(file)
  return `${mono.length} ${createHash('sha256').update(Float32Array.from(mono)).digest('hex')}`
}

const readOpus = async () => {
  const [head = new Uint8Array(), , ...frames] = oggPackets(await readClip('austen-0930.opus'))
  return { head, frames }
}

describe('decodeWebm()', () => {
  test('decodes a recording with unknown sizes like one with known sizes', async () => {
    const { head, frames } = await readOpus()
    const live = await digest(
      webm(
        audioTrack('A_OPUS', head),
        frames.map((frame) => block(0, frame)),
      ),
    )
    expect(live).toBe(await digest(await readClip('austen-0930.webm')))
  })

  test.for([
    { name: 'Xiph', lacing: 1, lace: xiphLaced },
    { name: 'EBML', lacing: 3, lace: ebmlLaced },
  ])('decodes several frames in a block with $name lacing', async ({ lacing, lace }) => {
    const { head, frames } = await readOpus()
    const laced = webm(
      audioTrack('A_OPUS', head),
      groups(frames, 8).map((group) => block(lacing, lace(group))),
    )
    expect(await digest(laced)).toBe(await digest(await readClip('austen-0930.webm')))
  })

  test('decodes several frames of one size in a block', async () => {
    const { head, frames } = await readOpus()
    const [frame = new Uint8Array()] = frames
    const content = Buffer.concat([Uint8Array.of(2), frame, frame, frame])
    const laced = await digest(webm(audioTrack('A_OPUS', head), [block(2, content)]))
    const apart = await digest(
      webm(
        audioTrack('A_OPUS', head),
        [frame, frame, frame].map((f) => block(0, f)),
      ),
    )
    expect(Number.parseInt(laced, 10)).toBeGreaterThan(2000)
    expect(laced).toBe(apart)
  })

  test('decodes Vorbis, whose three headers are in the track', async () => {
    const [id = text(''), comment = text(''), setup = text(''), ...frames] = oggPackets(
      await readClip('austen-0930.ogg'),
    )
    const file = webm(
      audioTrack('A_VORBIS', xiphLaced([id, comment, setup])),
      frames.map((frame) => block(0, frame)),
    )
    expect((await samples(file)).length / 16_000).toBeCloseTo(3.3, 1)
  })

  test.for([
    { what: 'without an audio track', track: [element([0x83], Uint8Array.of(1))], message: /no audio track/ },
    { what: 'in another codec', track: audioTrack('A_AAC', text('')), message: /in A_AAC, not in Opus or Vorbis/ },
  ])('rejects a file $what', async ({ track, message }) => {
    await expect(samples(webm(track, []))).rejects.toThrow(message)
  })

  test('rejects a file that is cut off', async () => {
    const file = await readClip('austen-0930.webm')
    await expect(samples(file.subarray(0, 20_000))).rejects.toThrow(/corrupt or cut off at byte \d+/)
  })
})
