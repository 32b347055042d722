import type { UploadProgress } from '../index.ts'

export interface ProgressBar {
  show: (progress: UploadProgress) => void
  clear: () => void
}

/** Returns a progress line for a terminal; undefined if the output is not a terminal. */
export function progressBar(
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>,
  name: string,
): ProgressBar | undefined {
  if (!stream.isTTY) return undefined
  let shown = ''
  return {
    show({ loaded, total }) {
      const line = lineOf(name, loaded, total).slice(0, (stream.columns || 80) - 1)
      // Terminals are slower than uploads, so the line is not redrawn for every chunk.
      if (line !== shown) stream.write(`\r\u{1b}[K${line}`)
      shown = line
    },
    clear: () => void stream.write('\r\u{1b}[K'),
  }
}

const width = 30

function lineOf(name: string, loaded: number, total: number | undefined): string {
  const size = `${(loaded / 1e6).toFixed(1)} MB`
  if (!total) return `${name}  ${size} sent`
  if (loaded >= total) return `${name}  sent; waiting for the transcript`
  const full = Math.floor((loaded / total) * width)
  return `${name}  [${'#'.repeat(full)}${'.'.repeat(width - full)}] ${Math.floor((loaded / total) * 100)} %`
}
