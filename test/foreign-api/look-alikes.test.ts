import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { readSpec } from '@livepeer-ai/conformance'
import type { OpenAPI } from '@livepeer-ai/openapi'
import { expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { makeLargeDescription } from './large-description.ts'
import { complaintsOf, runAgainstMock } from './run-against.ts'

// A bound against hangs: many runs at the same time take long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const read = async (name: string): Promise<[served: OpenAPI, checked: OpenAPI]> => {
  const file = new URL(`look-alikes/${name}.yaml`, import.meta.url)
  return [parse(await readFile(file, 'utf8')) as OpenAPI, await readSpec(fileURLToPath(file))]
}
const large = makeLargeDescription(8)

test.each([
  ['museum', await read('museum')],
  ['train-travel', await read('train-travel')],
  ['petstore', await read('petstore')],
  ['large', [large, large] as const],
])(
  'the mock of the description %s conforms, within sixty requests for each operation',
  async (_, [served, checked]) => {
    const report = await runAgainstMock(served, checked)
    expect(complaintsOf(report)).toEqual([])
    expect(report.drift).toEqual([])
    expect(report.conclusion).toEqual({ exitCode: 0, text: 'conforms' })
    const operations = new Set(report.checks.map(({ operation }) => operation))
    expect(report.cost.requests).toBeLessThan(60 * operations.size)
    expect(report.contractLane?.verdict).toBe('PASS')
  },
)
