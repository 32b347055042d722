import { execFileSync } from 'node:child_process'
import { basename, dirname, sep } from 'node:path'
import { readSource, type Source } from './read-source.ts'

/** Parses every TypeScript source of the repository except tests and generated code. */
export function readSources(root: string): Source[] {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.mjs', '*.cjs'], {
    cwd: root,
    encoding: 'utf8',
  })
  return files
    .split('\n')
    .filter((path) => path && !/(^|\/)(generated|peers)\/|\.test\.ts$|\.test-d\.ts$|\.d\.ts$/.test(path))
    .map((path) => readSource(root, path))
}

/** Returns the number of loose source files in each folder, the fullest first. */
export function countLooseFiles(sources: readonly Source[]): [folder: string, files: number][] {
  const counts = new Map<string, number>()
  for (const { path } of sources) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1)
  return [...counts].toSorted(([, left], [, right]) => right - left)
}

/** An import from one room of a folder into another, with a pair of files that shows it. */
export interface Arrow {
  from: string
  to: string
  example: string
}

/** Returns the arrows between the rooms of a folder. A room is a loose file or a folder. */
export function listArrows(sources: readonly Source[], folder: string): Arrow[] {
  const arrows = new Map<string, Arrow>()
  for (const { path, imports } of sources) {
    const from = roomOf(path, folder)
    for (const target of imports) {
      const to = roomOf(target, folder)
      if (from === undefined || to === undefined || from === to || to === 'generated') continue
      if (!arrows.has(`${from} ${to}`)) arrows.set(`${from} ${to}`, { from, to, example: `${path} imports ${target}` })
    }
  }
  return [...arrows.values()]
}

function roomOf(path: string, folder: string): string | undefined {
  if (!path.startsWith(folder + sep)) return undefined
  const [first = ''] = path.slice(folder.length + 1).split(sep)
  return basename(first, '.ts')
}

/**
 * Returns a circle of imports between files, or undefined. The first file is repeated at the end.
 */
export function findFileCircle(sources: readonly Source[]): string[] | undefined {
  return findCircle(new Map(sources.map(({ path, imports }) => [path, imports])))
}

/** Returns a circle of imports between the rooms of any folder, or undefined. */
export function findRoomCircle(sources: readonly Source[]): string[] | undefined {
  const folders = new Set(sources.flatMap(({ path }) => ancestors(path)))
  for (const folder of folders) {
    const targets = new Map<string, string[]>()
    for (const { from, to } of listArrows(sources, folder)) targets.set(from, [...(targets.get(from) ?? []), to])
    const circle = findCircle(targets)
    if (circle) return [folder, ...circle]
  }
  return undefined
}

function ancestors(path: string): string[] {
  const folder = dirname(path)
  return folder === '.' ? [] : [folder, ...ancestors(folder)]
}

function findCircle(targets: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const finished = new Set<string>()
  function search(node: string, path: readonly string[]): string[] | undefined {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node]
    if (finished.has(node)) return undefined
    for (const target of targets.get(node) ?? []) {
      const circle = search(target, [...path, node])
      if (circle) return circle
    }
    finished.add(node)
    return undefined
  }
  for (const node of targets.keys()) {
    const circle = search(node, [])
    if (circle) return circle
  }
  return undefined
}
