import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import {
  countLooseFiles,
  findFileCircle,
  findRoomCircle,
  listArrows,
  readSources,
} from '../../tools/structure/measure.ts'
import type { Source } from '../../tools/structure/read-source.ts'
import { rooms } from './rooms.ts'

const sources = readSources(fileURLToPath(new URL('../..', import.meta.url)))
const within = (folder: string) => sources.filter(({ path }) => path.startsWith(`${folder}/`))

test.each(Object.entries(rooms))('the rooms of %s import only the rooms in the table', (folder, allowed) => {
  const arrows = listArrows(sources, folder)
  const unexpected = arrows.filter(({ from, to }) => !allowed[from]?.split(' ').includes(to))
  expect(unexpected.map(({ example }) => example)).toEqual([])
})

test.each(Object.entries(rooms))('every line of the table about %s is in use', (folder, allowed) => {
  const used = new Set(listArrows(sources, folder).map(({ from, to }) => `${from} → ${to}`))
  const declared = Object.entries(allowed).flatMap(([from, targets]) =>
    targets.split(' ').map((to) => `${from} → ${to}`),
  )
  expect(declared.filter((arrow) => !used.has(arrow))).toEqual([])
})

test('every package has a table', () => {
  const packages = sources.flatMap(({ path }) => /^packages\/[^/]+\/src/.exec(path) ?? [])
  expect(Object.keys(rooms)).toEqual(expect.arrayContaining([...new Set(packages)]))
})

test('no files import each other in a circle', () => {
  expect(findFileCircle(sources)).toBeUndefined()
})

test('no rooms import each other in a circle', () => {
  expect(findRoomCircle(sources)).toBeUndefined()
})

test('no folder has more than 12 loose source files', () => {
  expect(countLooseFiles(sources).filter(([, files]) => files > 12)).toEqual([])
})

test('at most 2 functions have more than 50 lines', () => {
  const long = within('packages').flatMap(({ path, functions }) =>
    functions.filter(({ lines }) => lines > 50).map(({ name, line }) => `${path}:${line} ${name}`),
  )
  expect(long).toHaveLength(Math.min(long.length, 2))
})

const sum = (files: readonly Source[], figure: 'nonNullAssertions' | 'conditionalSpreads' | 'lines') =>
  files.reduce((total, file) => total + file[figure], 0)

test.each([
  ['packages/conformance', 20],
  ['packages/mock', 10],
])('%s has at most %i non-null assertions', (folder, most) => {
  expect(sum(within(folder), 'nonNullAssertions')).toBeLessThanOrEqual(most)
})

test.each(Object.keys(rooms))('%s has at most 2 conditional spreads per 1000 lines', (folder) => {
  const files = within(folder)
  // A small folder may have one.
  expect(sum(files, 'conditionalSpreads')).toBeLessThanOrEqual(Math.max(1, (sum(files, 'lines') / 1000) * 2))
})

test('increments are written x++', () => {
  expect(sources.flatMap(({ path, longIncrements }) => longIncrements.map((line) => `${path}:${line}`))).toEqual([])
})
