import { fileURLToPath } from 'node:url'
import { countLooseFiles, findFileCircle, findRoomCircle, listArrows, readSources } from './measure.ts'

/** Prints the figures that test/repository/structure.test.ts keeps within bounds. */
const root = fileURLToPath(new URL('../..', import.meta.url))
const sources = readSources(root)
const packages = ['openapi', 'client', 'server', 'mock', 'gateway', 'model', 'conformance']
const folders = [...packages.map((name) => [name, `packages/${name}/src`] as const), ['tools', 'tools'] as const]

const rows = folders.map(([name, folder]) => {
  const own = sources.filter(({ path }) => path.startsWith(`${folder}/`))
  const sum = (count: (source: (typeof own)[number]) => number) => own.reduce((total, one) => total + count(one), 0)
  const arrows = listArrows(own, folder)
  const lines = sum((source) => source.lines)
  return {
    name,
    files: own.length,
    lines,
    'fullest folder': countLooseFiles(own)[0]?.[1] ?? 0,
    arrows: arrows.length,
    '! ': sum(({ nonNullAssertions }) => nonNullAssertions),
    'spreads per 1000 lines': Number(((sum(({ conditionalSpreads }) => conditionalSpreads) / lines) * 1000).toFixed(1)),
    'functions over 50 lines': sum(({ functions }) => functions.filter((one) => one.lines > 50).length),
  }
})
console.table(Object.fromEntries(rows.map(({ name, ...figures }) => [name, figures])))

const [fullest, files] = countLooseFiles(sources)[0] ?? ['', 0]
console.log(`Fullest folder: ${fullest}, ${files} loose files`)
console.log(`Circle of files: ${findFileCircle(sources)?.join(' → ') ?? 'none'}`)
console.log(`Circle of rooms: ${findRoomCircle(sources)?.join(' → ') ?? 'none'}`)
for (const { path, functions } of sources)
  for (const { name, line, lines } of functions) if (lines > 50) console.log(`${path}:${line}  ${name}: ${lines} lines`)
