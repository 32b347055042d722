import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { OpenAPI, PathItem } from '@livepeer-ai/openapi'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { changesetProblems } from './check-changesets.ts'

const frozen = new URL('../../packages/openapi/fixtures/contract.json', import.meta.url)
const description = JSON.parse(await readFile(frozen, 'utf8')) as OpenAPI

let folder: string
const git = (...args: string[]) =>
  promisify(execFile)('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { cwd: folder })

/** Writes and commits files. */
async function commit(files: Record<string, unknown>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content))
  }
  await git('add', '--all')
  await git('commit', '--quiet', '--message', 'A change')
}

const contract = 'packages/openapi/src/generated/openapi.json'
const changeset = (releases: Record<string, string>) =>
  `---\n${Object.entries(releases)
    .map(([name, bump]) => `'@livepeer-ai/${name}': ${bump}\n`)
    .join('')}---\n\nA change.\n`

/** Returns the contract after a change. */
function changed(
  change: (schemas: Record<string, { properties: Record<string, unknown>; required: string[] }>) => void,
) {
  const copy = structuredClone(description)
  change(copy.components?.['schemas'] as never)
  return copy
}

const breaking = changed(({ TextResponse }) => {
  delete TextResponse!.properties['chunks']
  TextResponse!.required = TextResponse!.required.filter((name) => name !== 'chunks')
})

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'changesets-'))
  await git('init', '--quiet', '--initial-branch=main')
  const manifest = (name: string) => ({ name: `@livepeer-ai/${name}`, version: '1.0.0' })
  await commit({
    'package.json': { name: 'root', private: true },
    'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
    'pnpm-lock.yaml': 'lockfileVersion: "9.0"\n',
    '.changeset/config.json': { changelog: false, commit: false, access: 'public', baseBranch: 'main' },
    'packages/openapi/package.json': manifest('openapi'),
    'packages/client/package.json': manifest('client'),
    [contract]: description,
  })
  await git('switch', '--quiet', '--create', 'change')
})
afterEach(() => rm(folder, { recursive: true }))

test('without changes, requires nothing', async () => {
  expect(await changesetProblems(folder, 'main')).toEqual([])
})

const told = (name: string) => `@livepeer-ai/${name} has changed, and no changeset says so. Run: npx changeset`

test('names each changed package without a changeset', async () => {
  await commit({ 'packages/client/index.ts': '', 'packages/openapi/index.ts': '' })
  expect(await changesetProblems(folder, 'main')).toEqual([told('client'), told('openapi')])
  await commit({ '.changeset/a.md': changeset({ client: 'patch' }) })
  expect(await changesetProblems(folder, 'main')).toEqual([told('openapi')])
  await commit({ '.changeset/b.md': changeset({ openapi: 'patch' }) })
  expect(await changesetProblems(folder, 'main')).toEqual([])
})

test('ignores changed tests, and accepts an empty changeset', async () => {
  await commit({ 'packages/client/index.test.ts': '', '.changeset/a.md': changeset({ openapi: 'patch' }) })
  expect(await changesetProblems(folder, 'main')).toEqual([])
  await commit({ 'packages/client/index.ts': '' })
  expect(await changesetProblems(folder, 'main')).toEqual([told('client')])
  await commit({ '.changeset/b.md': '---\n---\n' })
  expect(await changesetProblems(folder, 'main')).toEqual([])
})

test('a change that breaks clients is a major of the contract and of the client', async () => {
  await commit({ [contract]: breaking, '.changeset/a.md': changeset({ openapi: 'minor', client: 'major' }) })
  const problems = await changesetProblems(folder, 'main')
  expect(problems).toHaveLength(2)
  expect(problems[0]).toMatch(/Breaking/)
  expect(problems[1]).toBe('@livepeer-ai/openapi needs a major changeset and has minor. Run: npx changeset')

  await commit({ '.changeset/b.md': changeset({ openapi: 'major' }) })
  expect(await changesetProblems(folder, 'main')).toEqual([])
})

test('an addition is a minor of the contract only, and named as such', async () => {
  const grown = changed((schemas) => {
    schemas['TextResponse']!.properties['language'] = { type: 'string' }
    schemas['Body_genAudioToText']!.properties['language'] = { type: 'string' }
  })
  const { post } = grown.paths!['/audio-to-text'] as PathItem
  post!.responses!['429'] = { description: 'Too many requests.' }
  grown.paths!['/models'] = { get: { responses: { '200': { description: 'The models.' } } } }
  await commit({ [contract]: grown, '.changeset/a.md': changeset({ openapi: 'patch' }) })
  const [list, ...problems] = await changesetProblems(folder, 'main')
  expect(problems).toEqual(['@livepeer-ai/openapi needs a minor changeset and has patch. Run: npx changeset'])
  expect(list?.match(/^\S.*\(\d+\)$|^ {2}new.*/gm)).toEqual([
    'Additive: a client misses a feature (4)',
    '  new-field: language is new',
    '  new-property 200: language is new',
    '  new-status 429: 429 is new',
    '  new-operation: GET /models is new',
  ])
})

test('ignores later commits on the base branch', async () => {
  await git('switch', '--quiet', 'main')
  await commit({ [contract]: breaking })
  await git('switch', '--quiet', 'change')
  await commit({ 'notes.md': '' })
  expect(await changesetProblems(folder, 'main')).toEqual([])
})

test('a missing base is wrong usage', async () => {
  await expect(changesetProblems(folder, 'nowhere')).rejects.toThrow("nothing called 'nowhere'")
})
