import { existsSync } from 'node:fs'
import { access, appendFile, constants, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, parse } from 'node:path'
import type { Options } from './arguments.ts'
import { UsageError } from './usage.ts'

type Write = (file: string, text: string) => Promise<unknown>

/** Where the transcripts go. Throws a UsageError before anything is sent when nothing can be written there. */
export async function openOutput({ output, files, format }: Options): Promise<Write> {
  if (output.kind === 'stdout') return async (_, text) => process.stdout.write(text)
  const { kind, path } = output
  const paths = new Map(files.map((file) => [file, join(path, `${parse(file).name}.${format.extension}`)]))
  if (kind === 'folder' && new Set(paths.values()).size < files.length)
    throw new UsageError(`-o ${path}: two of the files would have the same name there.`)
  try {
    await (kind === 'folder'
      ? mkdir(path, { recursive: true })
      : access(existsSync(path) ? path : dirname(path), constants.W_OK))
  } catch (error) {
    throw new UsageError(`-o ${path}: ${(error as Error).message}`)
  }
  if (kind === 'folder') return (file, text) => writeFile(paths.get(file) ?? path, text)
  // What an earlier run has written there stays until there is something to replace it.
  let write = writeFile
  return async (_, text) => {
    await write(path, text)
    write = appendFile
  }
}
