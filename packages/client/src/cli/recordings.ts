import { createReadStream, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { UsageError } from '@livepeer-ai/openapi/command-line'
import type { FileInput } from '../index.ts'

/** A recording to transcribe. */
export interface Recording {
  /** The path as given, or `-`. */
  path: string
  /** The file name, on which the name of an output file is based. */
  name: string
  open: () => FileInput
}

const recordingNames = /^[^.].*\.(wav|mp3|m4a|mp4|webm|flac|ogg|oga|opus|aac|mka|mkv|mov)$/i

/**
 * Returns the recordings that arguments name: paths, folders, patterns with `*` and `?` that no
 * shell has expanded, and `-` for standard input. Throws a UsageError for a folder or pattern
 * without recordings.
 */
export function findRecordings(args: string[]): Recording[] {
  return args.flatMap((path) => {
    if (path === '-' || path === '/dev/stdin') return { path: '-', name: 'stdin', open: () => process.stdin }
    const stats = statSync(path, { throwIfNoEntry: false })
    if (stats?.isDirectory()) return filesIn(path, recordingNames)
    const [folder, pattern] = [dirname(path), basename(path)]
    if (!stats && /[*?]/.test(pattern)) return filesIn(folder, toRegExp(pattern), path)
    // Pipes have no size, and can be read only once.
    const isPipe = stats?.isFIFO() || stats?.isCharacterDevice()
    return { path, name: basename(path), open: () => (isPipe ? { stream: createReadStream(path) } : path) }
  })
}

function filesIn(folder: string, pattern: RegExp, given = folder): Recording[] {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && pattern.test(entry.name))
    .map(({ name }) => name)
  if (!names.length) throw new UsageError(`${given}: there are no recordings.`)
  return names.toSorted().map((name) => ({ path: join(folder, name), name, open: () => join(folder, name) }))
}

function toRegExp(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^(?!\\.)${source}$`, 'su')
}
