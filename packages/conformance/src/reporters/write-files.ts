import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWhole } from '@livepeer-ai/openapi/command-line'
import { attachedFilesOf, attachedFolder } from '../attached-files.ts'

/** Writes each file whole or not at all into a folder, and returns the paths. */
export async function writeFiles(
  files: readonly (readonly [name: string, content: string | Uint8Array])[],
  folder: string,
): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  return Promise.all(
    files.map(async ([name, content]) => {
      const path = join(folder, name)
      await writeWhole(path, content)
      return path
    }),
  )
}

/** Writes the files that the commands of these parts of a report send. */
export async function writeAttachedFiles(parts: readonly object[], folder: string): Promise<void> {
  const files = new Map(parts.flatMap(attachedFilesOf).map(({ name, content }) => [name, content]))
  if (files.size) await writeFiles([...files], join(folder, attachedFolder))
}
