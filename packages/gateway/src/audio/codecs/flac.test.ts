import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { collectSamples } from '../../testing/samples.ts'
import { readClip } from '../../testing/speech-clips.ts'
import { decodeOgg } from '../containers/ogg.ts'
import type { Pcm } from '../pcm.ts'
import { decodeFlac } from './flac.ts'

const folder = new URL('../../../fixtures/flac/', import.meta.url)
const read = (name: string) => Uint8Array.from(readFileSync(new URL(name, folder)))
const native = readdirSync(folder).filter((name) => name.endsWith('.flac'))

/** The MD5 of STREAMINFO covers all samples, interleaved and little-endian. */
async function md5(pieces: Iterable<Pcm> | AsyncIterable<Pcm>, bits: number): Promise<string> {
  const channels = await collectSamples(pieces)
  const hash = createHash('md5')
  for (const frame of (channels[0] ?? []).keys()) {
    for (const channel of channels) {
      const bytes = Buffer.alloc(4)
      bytes.writeInt32LE((channel[frame] ?? 0) * 2 ** (bits - 1))
      hash.update(bytes.subarray(0, bits / 8))
    }
  }
  return hash.digest('hex')
}

function streamInfo(file: Uint8Array) {
  const info = Buffer.from(file).subarray(Buffer.from(file).indexOf('fLaC') + 8)
  return { bits: ((info.readUInt16BE(12) >> 4) & 0x1f) + 1, md5: info.subarray(18, 34).toString('hex') }
}

describe('decodeFlac()', () => {
  test.for(native)('decodes %s to the very samples that were encoded', async (name) => {
    const file = read(name)
    const info = streamInfo(file)
    expect(await md5(decodeFlac(file), info.bits)).toBe(info.md5)
  })

  test('decodes speech to exactly the encoded samples', async () => {
    const file = await readClip('austen-0930.flac')
    const info = streamInfo(file)
    expect(await md5(decodeFlac(file), info.bits)).toBe(info.md5)
  })

  test('rejects a frame with a wrong checksum', () => {
    const file = read('stereo-mid-side.flac')
    file[file.length - 100] = (file[file.length - 100] ?? 0) ^ 0x10
    expect(() => [...decodeFlac(file)]).toThrow(/flac file is corrupt/)
  })

  test('rejects a file that ends between two frames', () => {
    const file = read('stereo-mid-side.flac')
    const sync = [0xff, 0xf8]
    const last = Buffer.from(file).lastIndexOf(Uint8Array.from(sync))
    expect(() => [...decodeFlac(file.subarray(0, last))]).toThrow(/it has \d+ of 3000 samples/)
  })
})

test('decodeOgg() decodes FLAC in Ogg', async () => {
  const file = read('in-ogg.oga')
  const info = streamInfo(file)
  expect(await md5(decodeOgg(file), info.bits)).toBe(info.md5)
})
