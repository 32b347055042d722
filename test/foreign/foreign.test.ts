import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { loadScenarios, runContract } from '@livepeer-ai/conformance'
import { startMock, type Mock } from '@livepeer-ai/mock'
import type { Contract } from '@livepeer-ai/openapi'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { artifacts } from '../../tools/generate/artifacts.ts'
import { writeFolder } from '../../tools/generate/write-folder.ts'

const maxBytes = 100_000
const headers = { authorization: 'Bearer x' }

let temporary: string
let folder: string
let contract: Contract
let mock: Mock
beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'foreign-'))
  folder = join(temporary, 'generated')
  await writeFolder(folder, await artifacts(fileURLToPath(new URL('openapi.yaml', import.meta.url))))
  const { href } = pathToFileURL(join(folder, 'index.ts'))
  contract = (await import(/* @vite-ignore */ href)) as Contract
  mock = await startMock({ port: 0, description: contract.description, maxBytes })
})
afterAll(async () => {
  await mock.close()
  await rm(temporary, { recursive: true })
})

test('the types of a foreign description name its operations and use Blob for binary parts', async () => {
  const types = await readFile(join(folder, 'types.ts'), 'utf8')
  for (const { operationId } of contract.operationTable) expect(types).toContain(`operations["${operationId}"]`)
  expect(types).toContain('document: Blob | File;')
})

test('the mock of a foreign description passes a contract run that covers it', async () => {
  const scenarios = await loadScenarios(new URL('scenarios.yaml', import.meta.url), contract)
  const { results, counts } = await runContract({ url: mock.url, contract, scenarios, maxBytes })
  expect(
    results.flatMap(({ operationId, status, scenario, problems }) =>
      problems.map(({ message }) => `${operationId} ${status} ${scenario}: ${message}`),
    ),
  ).toEqual([])
  expect(counts).toEqual({ pass: scenarios.length, fail: 0, known: 0, uncovered: 0, 'not-provoked': 0 })
})

test('a foreign operation without a scenario is uncovered', async () => {
  const scenarios = await loadScenarios(new URL('scenarios.yaml', import.meta.url), contract)
  const { results } = await runContract({
    url: mock.url,
    contract,
    scenarios: scenarios.filter(({ operationId }) => operationId !== 'deleteJob'),
    maxBytes,
  })
  expect(results.filter(({ outcome }) => outcome === 'uncovered').map(({ status }) => status)).toEqual(['204', '401'])
})

test('names a path parameter that violates its pattern', async () => {
  const response = await fetch(`${mock.url}/jobs/nope`)
  expect([response.status, await response.json()]).toEqual([
    422,
    expect.objectContaining({ detail: expect.stringContaining('path.jobId') }),
  ])
})

test('a binary answer equals its example', async () => {
  const response = await fetch(`${mock.url}/v1/files/file-1/content`, { headers })
  expect([response.headers.get('content-type'), await response.text()]).toEqual([
    'application/octet-stream',
    '%PDF-1.7',
  ])
})

test('HEAD on a GET operation answers without a body', async () => {
  const response = await fetch(`${mock.url}/jobs/job-1`, { method: 'HEAD' })
  expect([response.status, await response.text()]).toEqual([200, ''])
})
