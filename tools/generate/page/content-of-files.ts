import { join } from 'node:path'
import type { Plugin } from 'esbuild'

/** Reads these files from memory. */
export function contentOfFiles(files: ReadonlyMap<string, string>): Plugin {
  return {
    name: 'content-of-files',
    setup(builder) {
      builder.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
        const file = join(resolveDir, path)
        return files.has(file) ? { path: file } : undefined
      })
      builder.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const contents = files.get(path)
        return contents === undefined ? undefined : { contents, loader: 'ts' }
      })
    },
  }
}
