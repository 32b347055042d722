import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWhole } from '@livepeer-ai/openapi/command-line'

/** Writes each file whole or not at all into a folder, and returns the paths. */
export async function writeFiles(
  files: readonly (readonly [name: string, content: string])[],
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
