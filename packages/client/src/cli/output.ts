import { existsSync } from 'node:fs'
import { access, appendFile, constants, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, parse } from 'node:path'
import { UsageError } from '@livepeer-ai/openapi/command-line'
import type { Options } from './arguments.ts'

type Write = (file: string, text: string) => Promise<unknown>

/**
 * Opens the destination of the transcripts. Throws a UsageError before anything is sent if it is
 * not writable.
 */
export async function openOutput({ output, files, format }: Options): Promise<Write> {
  if (output.kind === 'stdout') return async (_, text) => process.stdout.write(text)
  const { kind, path } = output
  const paths = new Map(files.map((file) => [file, join(path, `${parse(file).name}.${format.extension}`)]))
  if (kind === 'folder' && new Set(paths.values()).size < files.length)
    throw new UsageError(`-o ${path}: two recordings would get the same file name.`)
  try {
    await (kind === 'folder'
      ? mkdir(path, { recursive: true })
      : access(existsSync(path) ? path : dirname(path), constants.W_OK))
  } catch (error) {
    throw new UsageError(`-o ${path}: ${(error as Error).message}`)
  }
  if (kind === 'folder') return (file, text) => writeFile(paths.get(file) ?? path, text)
  // The file of an earlier run is replaced only when the new content is complete.
  let write = writeFile
  return async (_, text) => {
    await write(path, text)
    write = appendFile
  }
}
