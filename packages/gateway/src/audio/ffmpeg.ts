import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { TranscriberError, UnsupportedAudioError } from '../transcriber-error.ts'
import type { Pcm } from './pcm.ts'

/** The demuxers that read one stream and open no other file. */
export type Demuxer = 'mov' | 'aac' | 'wav' | 'w64' | 'aiff' | 'caf' | 'amr' | 'mp3'

interface FfmpegOptions {
  /** A name on PATH, or a path. */
  ffmpeg: string
  /** The name of the format for messages. */
  format: string
  /**
   * ffmpeg's name for the container. Fixed, so that a file cannot pretend to be a playlist that
   * opens other files.
   */
  demuxer: Demuxer
  /** Limit in seconds. */
  maxDuration: number
  /** In milliseconds. */
  timeout?: number
}

const sampleRate = 16_000

/**
 * Decodes the first audio stream with ffmpeg, which reads standard input and may open no other
 * file.
 */
export async function* decodeWithFfmpeg(bytes: Uint8Array, options: FfmpegOptions): AsyncGenerator<Pcm> {
  const { ffmpeg, format, timeout = 120_000 } = options
  const child = spawn(ffmpeg, toArguments(options), { timeout, killSignal: 'SIGKILL' })
  const exit = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve)
  })
  // Both are awaited after the output has ended.
  exit.catch(() => {})
  const complaint = text(child.stderr)
  // A failing program closes its input early; its exit code and output tell why.
  child.stdin.on('error', () => {}).end(bytes)

  try {
    yield* toPcm(child.stdout)
    const code = await exit.catch((cause: unknown) => {
      throw new UnsupportedAudioError(
        `${format} needs ffmpeg, and ${ffmpeg} cannot be started. Install it, or send another format.`,
        { cause },
      )
    })
    if (child.killed) throw new TranscriberError(`${ffmpeg} did not decode the file within ${timeout} ms.`)
    if (code !== 0) throw new UnsupportedAudioError(reason(await complaint))
  } finally {
    child.kill('SIGKILL')
  }
}

function toArguments({ demuxer, maxDuration }: FfmpegOptions): string[] {
  // One second more than the limit, so that longer audio is detected.
  const input = ['-protocol_whitelist', 'pipe', '-f', demuxer, '-i', 'pipe:0', '-t', String(maxDuration + 1)]
  const output = ['-map', '0:a:0', '-ac', '1', '-ar', String(sampleRate), '-f', 'f32le', 'pipe:1']
  return ['-hide_banner', '-loglevel', 'error', ...input, ...output]
}

async function* toPcm(chunks: AsyncIterable<Buffer>): AsyncGenerator<Pcm> {
  let rest = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const whole = Buffer.concat([rest, chunk])
    const end = whole.length - (whole.length % Float32Array.BYTES_PER_ELEMENT)
    rest = whole.subarray(end)
    yield { sampleRate, channels: [new Float32Array(Uint8Array.from(whole.subarray(0, end)).buffer)] }
  }
}

function reason(complaint: string): string {
  if (complaint.includes('matches no streams')) return 'The file has no audio track.'
  return `ffmpeg cannot decode the file: ${complaint.trim().split('\n').at(-1)?.slice(0, 200)}`
}
