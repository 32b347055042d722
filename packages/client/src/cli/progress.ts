import type { UploadProgress } from '../index.ts'
import { toVisible } from './to-visible.ts'

/** A progress line on a terminal. Shows nothing elsewhere. */
export interface Progress {
  isShown: boolean
  show: (name: string, upload: UploadProgress) => void
  /** Counts a recording as finished. */
  done: () => void
  /** Counts a recording as failed. */
  fail: () => void
  clear: () => void
}

/** Returns the progress of `total` recordings, of which several are uploaded at a time. */
export function progressOf(
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>,
  total: number,
  jobs: number,
): Progress {
  let shown = ''
  let finished = 0
  let failed = 0
  const count = () => `${finished} of ${total} done${failed ? `, ${failed} failed` : ''}`
  const draw = (text: string) => {
    const line = toVisible(text).slice(0, (stream.columns || 80) - 1)
    // Terminals are slower than uploads, so the line is not redrawn for every chunk.
    if (stream.isTTY && line !== shown) stream.write(`\r\u{1b}[K${line}`)
    shown = line
  }
  return {
    isShown: stream.isTTY,
    show(name, upload) {
      const line = lineOf(name, upload)
      draw(total === 1 ? line : jobs === 1 ? `${count()}  ${line}` : count())
    },
    done() {
      finished++
    },
    fail() {
      failed++
      draw('')
    },
    clear: () => draw(''),
  }
}

const width = 30

function lineOf(name: string, { loaded, total }: UploadProgress): string {
  const size = `${(loaded / 1e6).toFixed(1)} MB`
  if (!total) return `${name}  ${size} sent`
  if (loaded >= total) return `${name}  sent; waiting for the transcript`
  const full = Math.floor((loaded / total) * width)
  return `${name}  [${'#'.repeat(full)}${'.'.repeat(width - full)}] ${Math.floor((loaded / total) * 100)} %`
}
