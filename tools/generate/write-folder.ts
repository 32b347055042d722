import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * Replaces a folder with these files, all or none: they are written to a new folder that is then
 * renamed.
 */
export async function writeFolder(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  const beside = `${folder}.${process.pid}`
  const [next, previous] = [`${beside}.next`, `${beside}.previous`]
  try {
    const folders = new Set([...files.keys()].map((name) => dirname(join(next, name))))
    await Promise.all([...folders].map((path) => mkdir(path, { recursive: true })))
    await Promise.all([...files].map(([name, content]) => writeFile(join(next, name), content)))
    await mkdir(dirname(folder), { recursive: true })
    await rename(folder, previous).catch(ignoreMissing)
    await rename(next, folder)
  } finally {
    await Promise.all([next, previous].map((path) => rm(path, { recursive: true, force: true })))
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
