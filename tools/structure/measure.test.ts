import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkLanguage } from '../check-language.ts'
import { countLooseFiles, findFileCircle, findRoomCircle, listArrows, readSources } from './measure.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'structure-'))
  execFileSync('git', ['init', '-q', root])
})
afterEach(() => rmSync(root, { recursive: true }))

function write(files: Record<string, string>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
}

test('readSources() skips tests and generated code', () => {
  write({ 'src/a.ts': '', 'src/a.test.ts': '', 'src/generated/b.ts': '', 'src/c.d.ts': '' })
  expect(readSources(root).map(({ path }) => path)).toEqual(['src/a.ts'])
})

test('listArrows() counts imports, re-exports, types and import()', () => {
  write({
    'src/a.ts': `import type { B } from './b/b.ts'\nexport * from './c.ts'\nconst d = import('./d/d.ts')\n`,
    'src/b/b.ts': `import './other.ts'\nimport 'node:fs'\n`,
  })
  const arrows = listArrows(readSources(root), 'src').map(({ from, to }) => `${from} → ${to}`)
  expect(arrows).toEqual(['a → b', 'a → c', 'a → d'])
})

test('finds a circle of files', () => {
  write({ 'src/a.ts': `import './b.ts'`, 'src/b.ts': `import './c.ts'`, 'src/c.ts': `import './b.ts'` })
  expect(findFileCircle(readSources(root))).toEqual(['src/b.ts', 'src/c.ts', 'src/b.ts'])
})

test('finds a circle of rooms whose files are in no circle', () => {
  write({
    'src/x/a.ts': `import '../y/b.ts'`,
    'src/y/b.ts': '',
    'src/y/c.ts': `import '../x/d.ts'`,
    'src/x/d.ts': '',
  })
  expect(findFileCircle(readSources(root))).toBeUndefined()
  expect(findRoomCircle(readSources(root))).toEqual(['src', 'x', 'y', 'x'])
})

test('counts loose files, non-null assertions, conditional spreads and lines of functions', () => {
  write({
    'src/a.ts': `export function f(x?: number) {\n  return [x!, { ...(x && { x }) }, { ...(x ?? {}) }]\n}\n`,
    'src/b.ts': '',
  })
  const [source] = readSources(root)
  expect(source).toMatchObject({
    nonNullAssertions: 1,
    conditionalSpreads: 1,
    functions: [{ name: 'f', line: 1, lines: 3 }],
  })
  expect(countLooseFiles(readSources(root))).toEqual([['src', 2]])
})

test.each([
  ['a comment that opens with a headless clause', '// What a client does.', 1],
  ['a docstring that opens with a headless clause', '/** Whether it is open. */', 1],
  ['a wide comment', `// ${'word '.repeat(20)}`, 1],
  ['a wide line in a docstring', `/**\n * Short.\n * ${'word '.repeat(20)}\n */`, 1],
  ['a phrase in a string', "const usage = 'the port; 4010 unless given'", 1],
  ['a plain comment', '// Returns the port.', 0],
  ['a code line of any width', `const text = '${'word '.repeat(30)}'`, 0],
  ['a marker inside a template', 'const text = `// What it is`', 0],
  ['consecutive lines, which are one comment', '// Returns the port\n// what people expect.', 0],
])('checkLanguage() judges %s', (_, content, problems) => {
  write({ 'a.ts': `${content}\n` })
  expect(checkLanguage(root, 'a.ts')).toHaveLength(problems)
})

test('checkLanguage() names file, line and rule, in documents as well', () => {
  write({ 'a.md': 'One.\n\nA host that is none.\n' })
  expect(checkLanguage(root, 'a.md')).toEqual([
    { file: 'a.md', line: 3, rule: "'is none': say what it is, or that there is none" },
  ])
})
