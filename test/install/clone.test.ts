import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { aboutClone, examplesOf, freePort, runExample, spoken } from './examples.ts'

const root = resolve(import.meta.dirname, '../..')
const clone = await mkdtemp(join(tmpdir(), 'clone-'))
afterAll(() => rm(clone, { recursive: true }))

test(
  'in a fresh clone, the commands of the README produce a transcript and a report',
  { timeout: 240_000 },
  async () => {
    await promisify(execFile)('git', ['clone', '--quiet', root, clone])
    const [page = ''] = aboutClone.exec(await readFile(join(root, 'README.md'), 'utf8')) ?? []
    const [first, then, ...others] = examplesOf(page)
    expect(others).toEqual([])
    // `npm test` is the command that runs this test.
    expect(first!.code).toBe('npm start\nnpm test\n')
    const code = `npm start\n${then!.code}`.replaceAll('8000', String(await freePort()))
    const printed = await runExample(clone, { language: 'sh', code })
    expect(printed).toMatch(/Everything works/)
    expect(printed).toMatch(spoken)
    expect(printed).toMatch(/Report: .*report\.html/)
  },
)
