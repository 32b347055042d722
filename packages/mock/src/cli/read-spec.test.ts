import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LogEvent } from './event-log.ts'
import { locateProblems } from './locate-problems.ts'
import { readSpec } from './read-spec.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spec-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function write(name: string, text: string): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, text)
  return file
}

test('reads YAML with many aliases, merge keys and dates', async () => {
  const aliases = Array.from({ length: 300 }, (_, index) => `  /p${index}: *item`)
  const file = await write(
    'aliases.yaml',
    `openapi: 3.1.0
x-item: &item { get: { responses: {} } }
info: { title: t, version: 2026-01-01 }
paths:
  /merged: { <<: *item, summary: m }
${aliases.join('\n')}`,
  )
  const { info, paths } = await readSpec(file)
  expect(info.version).toBe('2026-01-01')
  expect(Object.keys(paths ?? {})).toHaveLength(301)
  expect(paths?.['/merged']).toEqual({ get: { responses: {} }, summary: 'm' })
})

const yaml = `openapi: 3.0.3
paths:
  /a:
    get:
      parameters:
        - name: q
        - { name: r,
            in: query }
`
const document = {
  openapi: '3.0.3',
  paths: { '/a': { get: { parameters: [{ name: 'q' }, { name: 'r', in: 'query' }] } } },
}

test.each([
  ['yaml', yaml, [3, 6, 7, 8, 1]],
  ['json', JSON.stringify(document, null, 2), [4, 7, 10, 12, 1]],
])('names the line of each problem in %s', async (extension, text, lines) => {
  const pointers = ['/paths/~1a', '/paths/~1a/get/parameters/0', '/paths/~1a/get/parameters/1']
  const events: LogEvent[] = []
  const file = await write(`place.${extension}`, text)
  await new Promise<void>((resolve) => {
    const log = locateProblems(file, (event) => events.push(event) === lines.length && resolve())
    for (const pointer of [...pointers, '/paths/~1a/get/parameters/1/in/none', ''])
      log({ type: 'problem', pointer, message: 'm' })
  })
  expect(events.map((event) => (event.type === 'problem' ? event.line : undefined))).toEqual(lines)
})
