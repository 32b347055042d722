import { basename } from 'node:path'
import { UsageError } from '@livepeer-ai/openapi/command-line'
import { createClient, FileError, type Client } from '../index.ts'
import type { Options } from './arguments.ts'
import { openOutput } from './output.ts'
import { progressBar } from './progress-bar.ts'

/** Transcribes the files in turn and continues after a failure. Returns the exit status. */
export async function transcribeFiles(options: Options): Promise<number> {
  const { files, format, model, words } = options
  const client = clientOf(options)
  const write = await openOutput(options)
  let status = 0
  for (const file of files) {
    const bar = progressBar(process.stderr, basename(file))
    try {
      const transcript = await client.audioToText({
        audio: file,
        modelId: model,
        returnTimestamps: words ? 'word' : format.isTimed ? 'sentence' : undefined,
        ...(bar && { onUploadProgress: bar.show }),
      })
      bar?.clear()
      await write(file, format.write(transcript))
    } catch (error) {
      bar?.clear()
      status = 1
      console.error(describe(error, file))
    }
  }
  return status
}

function clientOf({ gateway, url, token }: Options): Client {
  try {
    return createClient(gateway ? { gateway, baseUrl: url, token } : { baseUrl: url ?? '', token })
  } catch (error) {
    throw new UsageError(`--url: ${(error as Error).message}`)
  }
}

function describe(error: unknown, file: string): string {
  const message = error instanceof Error ? error.message : String(error)
  return error instanceof FileError ? message : `${file}: ${message}`
}
