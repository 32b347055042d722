import { existsSync, statSync } from 'node:fs'
import { access, appendFile, constants, mkdir } from 'node:fs/promises'
import { dirname, join, parse } from 'node:path'
import { UsageError, writeWhole } from '@livepeer-ai/openapi/command-line'
import type { Options } from './arguments.ts'
import type { Recording } from './recordings.ts'
import { toVisible } from './to-visible.ts'

type Write = (recording: Recording, text: string) => Promise<unknown>

/**
 * Opens the destination of the transcripts. Throws a UsageError before anything is sent if it is
 * not writable. A file is replaced only when its new content is complete.
 */
export async function openOutput({ output, recordings, format }: Options): Promise<Write> {
  const { stdout } = process
  if (output.kind === 'stdout') return async (_, text) => stdout.write(stdout.isTTY ? toVisible(text) : text)
  const { kind, path } = output
  const fileOf = ({ name }: Recording) => join(path, `${parse(name).name}.${format.extension}`)
  if (kind === 'folder' && new Set(recordings.map(fileOf)).size < recordings.length)
    throw new UsageError(`-o ${path}: two recordings would get the same file name.`)
  try {
    await (kind === 'folder'
      ? mkdir(path, { recursive: true })
      : access(existsSync(path) ? path : dirname(path), constants.W_OK))
  } catch (error) {
    throw new UsageError(`-o ${path}: ${(error as Error).message}`)
  }
  if (kind === 'folder') return (recording, text) => writeWhole(fileOf(recording), text)
  // A device such as /dev/stderr cannot be replaced.
  if (existsSync(path) && !statSync(path).isFile()) return (_, text) => appendFile(path, text)
  let written = ''
  return (_, text) => writeWhole(path, (written += text))
}
