import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { acceptDrift, compareDescriptions, type DriftFinding } from '@livepeer-ai/conformance/drift'
import { description, valueAt, type OpenAPI } from '@livepeer-ai/openapi'
import { describeGateway, gateways } from '@livepeer-ai/openapi/gateways'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyOverlay } from '../../tools/overlays/apply-overlay.ts'
import { readOverlay } from '../../tools/overlays/overlay.ts'
import { dereference } from '../../tools/spec/dereference.ts'
import { lint } from '../../tools/spec/lint.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'accept-'))
})
afterAll(async () => rm(folder, { recursive: true }))

/** Returns the contract after the overlay that accepts these findings. */
async function accepted(findings: readonly DriftFinding[], contract: OpenAPI = description): Promise<OpenAPI> {
  const path = join(folder, 'accepted.overlay.yaml')
  await writeFile(path, acceptDrift(contract, findings))
  return applyOverlay(await readOverlay(path), contract).result
}

const told = (findings: readonly DriftFinding[]) => findings.map(({ class: name, pointer }) => `${name} ${pointer}`)
const names = Object.values(gateways).map(({ name }) => name)

test.each(names)('accepted drift of %s disappears', async (name) => {
  const theirs = await describeGateway(name)
  const findings = compareDescriptions(description, theirs)
  expect(findings.length).toBeGreaterThan(0)
  expect(told(compareDescriptions(await accepted(findings), theirs))).toEqual([])
})

test.each(names)('only the accepted drift of %s disappears', async (name) => {
  const theirs = await describeGateway(name)
  const findings = compareDescriptions(description, theirs)
  for (const [index, finding] of findings.entries()) {
    const rest = compareDescriptions(await accepted([finding]), theirs)
    expect(told(rest)).toEqual(told(findings.toSpliced(index, 1)))
  }
})

test('a nested change is part of the outer change', async () => {
  const contract = dereference(description)
  const theirs = structuredClone(contract)
  const at = '/paths/~1audio-to-text/post/responses/200/content/application~1json/schema'
  const schema = valueAt(theirs, at) as {
    type: unknown
    required: string[]
    properties: Record<string, unknown>
  }
  schema.type = ['object', 'null']
  schema.required = ['text']
  delete schema.properties['chunks']
  const findings = compareDescriptions(contract, theirs)
  expect(told(findings)).toEqual([
    `response-became-nullable ${at}`,
    `response-required-property-missing ${at}/properties/chunks`,
  ])
  expect(told(compareDescriptions(await accepted(findings, contract), theirs))).toEqual([])
})

test('the overlay is valid', async () => {
  const path = join(folder, 'accepted.overlay.yaml')
  await writeFile(
    path,
    acceptDrift(description, compareDescriptions(description, await describeGateway('livepeer-studio'))),
  )
  await expect(lint(path)).resolves.toBeUndefined()
})

test('accepting no finding changes nothing', () => {
  expect(acceptDrift(description, [])).toContain('actions: []')
})
