import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { collectSamples } from '../testing/samples.ts'
import { UnsupportedAudioError } from '../transcriber-error.ts'
import { decodeWithFfmpeg } from './ffmpeg.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ffmpeg-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

/** Stand-ins for ffmpeg; each is a real process. */
async function program(body: string): Promise<string> {
  const file = join(folder, `${crypto.randomUUID()}.mjs`)
  await writeFile(file, `#!${process.execPath}\n${body}\n`)
  await chmod(file, 0o755)
  return file
}

async function decode(ffmpeg: string, timeout = 20_000): Promise<number[] | undefined> {
  const options = { ffmpeg, format: 'AAC audio', demuxer: 'mov', maxDuration: 60, timeout } as const
  const [mono] = await collectSamples(decodeWithFfmpeg(new Uint8Array(1_000_000).fill(1), options))
  return mono
}

describe('decodeWithFfmpeg()', () => {
  test('passes the file on standard input, and reads samples across chunks', async () => {
    const echo = await program(`
      let size = 0
      for await (const chunk of process.stdin) size += chunk.length
      const bytes = Buffer.from(Float32Array.of(0.5, size).buffer)
      process.stdout.write(bytes.subarray(0, 3))
      setTimeout(() => process.stdout.write(bytes.subarray(3)), 100)`)
    expect(await decode(echo)).toEqual([0.5, 1_000_000])
  })

  test('names the demuxer and allows no other protocol than the pipe', async () => {
    const args = await program(
      'process.stdout.end(); console.error(process.argv.slice(2).join(" ")); process.exitCode = 1',
    )
    await expect(decode(args)).rejects.toThrow(/-protocol_whitelist pipe -f mov -i pipe:0 -t 61 /)
  })

  test.for([
    { what: 'is not there', body: undefined, message: /^AAC audio needs ffmpeg, and .* cannot be started/ },
    {
      what: 'complains',
      body: 'console.error("moov atom not found"); process.exit(1)',
      message: /decode the file: moov atom not found$/,
    },
    {
      what: 'finds no audio',
      body: `console.error("Stream map '0:a:0' matches no streams.\\nTo ignore this, add a trailing '?' to the map."); process.exit(1)`,
      message: /^The file has no audio track\.$/,
    },
    { what: 'is killed', body: 'process.kill(process.pid, "SIGKILL")', message: /cannot decode the file/ },
  ])('answers UnsupportedAudioError when the program $what', async ({ body, message }) => {
    const ffmpeg = body === undefined ? join(folder, 'nothing') : await program(body)
    const failure = await decode(ffmpeg).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(UnsupportedAudioError)
    expect(failure).toMatchObject({ message: expect.stringMatching(message) })
  })

  test('ends a hanging program', async () => {
    await expect(decode(await program('setInterval(() => {}, 1000)'), 500)).rejects.toThrow(
      'did not decode the file within 500 ms',
    )
  })

  test('ends a program whose output is no longer read', async () => {
    const flood = await program(
      'const chunk = Buffer.alloc(65536); const write = () => process.stdout.write(chunk, write); write()',
    )
    const pieces = decodeWithFfmpeg(new Uint8Array(10), {
      ffmpeg: flood,
      format: 'AAC audio',
      demuxer: 'aac',
      maxDuration: 60,
    })
    for await (const { channels } of pieces) {
      expect(channels[0]?.length).toBeGreaterThan(0)
      break
    }
  })
})
