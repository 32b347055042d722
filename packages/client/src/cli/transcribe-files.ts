import { UsageError } from '@livepeer-ai/openapi/command-line'
import { createClient, FileError, type Client } from '../index.ts'
import type { Options } from './arguments.ts'
import { openOutput } from './output.ts'
import { progressOf, type Progress } from './progress.ts'
import type { Recording } from './recordings.ts'
import { toVisible } from './to-visible.ts'

/** The exit status of a process that Ctrl-C has ended. */
const interrupted = 130

/**
 * Transcribes the recordings, `jobs` at a time, and continues after a failure. Writes what has
 * arrived when `signal` aborts. Returns the exit status.
 */
export async function transcribeFiles(options: Options, signal: AbortSignal): Promise<number> {
  const { recordings, jobs, output } = options
  const client = clientOf(options)
  const write = await openOutput(options)
  const progress = progressOf(process.stderr, recordings.length, jobs)
  let status = 0

  async function attempt(recording: Recording, work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (signal.aborted) return
      status = 1
      progress.fail()
      console.error(toVisible(describe(error, recording)))
    }
  }

  // Transcripts that share a destination are written in the order of the recordings.
  let earlier: Promise<unknown> = Promise.resolve()
  const queue = recordings.values()
  const runJob = async (): Promise<void> => {
    for (const recording of queue) {
      if (signal.aborted) return
      const text = transcribe(client, recording, options, progress, signal)
      const turn = output.kind === 'folder' ? undefined : earlier
      const written = attempt(recording, async () => {
        const [content] = await Promise.all([text, turn])
        progress.clear()
        await write(recording, content)
      })
      earlier = Promise.all([earlier, written])
      await text.catch(() => {})
      progress.done()
    }
  }
  await Promise.all(Array.from({ length: jobs }, runJob))
  await earlier
  progress.clear()
  return signal.aborted ? interrupted : status
}

async function transcribe(
  client: Client,
  { name, open }: Recording,
  { format, model, words }: Options,
  progress: Progress,
  signal: AbortSignal,
): Promise<string> {
  const transcript = await client.audioToText({
    audio: open(),
    modelId: model,
    returnTimestamps: words ? 'word' : format.isTimed ? 'sentence' : undefined,
    signal,
    ...(progress.isShown && { onUploadProgress: (upload) => progress.show(name, upload) }),
  })
  return format.write(transcript)
}

function clientOf({ gateway, url, token }: Options): Client {
  try {
    return createClient(gateway ? { gateway, baseUrl: url, token } : { baseUrl: url ?? '', token })
  } catch (error) {
    throw new UsageError(`--url: ${(error as Error).message}`)
  }
}

function describe(error: unknown, { path }: Recording): string {
  const message = error instanceof Error ? error.message : String(error)
  return error instanceof FileError && path !== '-' ? message : `${path}: ${message}`
}
