import type { Transcriber } from '@livepeer-ai/gateway'
import { startMock } from '@livepeer-ai/mock'
import { defects } from '@livepeer-ai/mock/defects'
import { beforeAll, expect, test } from 'vitest'
import { inParallel } from '../in-parallel.ts'
import { findDifferences, observe } from './find-differences.ts'
import { maxBytes, probes, token, type Probe } from './probes.ts'
import { proofs, silent } from './proofs.ts'
import { startMutant, type Mutant } from './start-mutant.ts'
import { loadStubTranscriber } from './stub-transcriber.ts'

let transcriber: Transcriber
beforeAll(async () => {
  transcriber = await loadStubTranscriber()
})

const startGateway = (names: readonly string[]) => startMutant(names, { transcriber, token, maxBytes })
const startMockWith = (names: readonly string[]) => startMock({ port: 0, defects: names, token, maxBytes })

test('each defect has a proof', () => {
  expect(defects.map(({ name }) => name).toSorted()).toEqual(Object.keys(proofs).toSorted())
})

test('a defect changes the gateway only as its snapshot says', async () => {
  const differences = await differencesOf(startGateway)
  expect(differences.filter(({ lines }) => !lines.length)).toEqual([])
  const text = differences.map(
    ({ name, lines }) => `${name}: ${proofs[name]}\n${lines.map((line) => `  ${line}\n`).join('')}`,
  )
  await expect(text.join('\n')).toMatchFileSnapshot('differences.txt')
}, 120_000)

/** The mock does not decode recordings, has no models, and accepts any file. */
const unheard = [
  'dashes-end-file',
  'audio-as-utf8',
  'model-ignored',
  'model-unknown-503',
  'timestamps-unknown-200',
  'name-decides',
  'not-audio-200',
  'not-audio-400',
  'not-audio-500',
  'silence-null-chunks',
  'silence-500',
  'mp4-without-sound-500',
  'silence-thanked',
]

test('a defect changes the mock, unless it needs speech recognition', async () => {
  const differences = await differencesOf(startMockWith)
  expect(differences.filter(({ lines }) => !lines.length).map(({ name }) => name)).toEqual(unheard)
}, 120_000)

test.each([
  ['gateway', startGateway],
  ['mock', startMockWith],
])(
  'two servers without a defect do not differ: %s',
  async (_, start) => {
    await using one = await start([])
    await using other = await start([])
    const found = await inParallel(4, Object.entries<Probe>(probes), async ([name, probe]) => {
      const lines = findDifferences(await observe(one.url, probe, patience), await observe(other.url, probe, patience))
      return lines.map((line) => `${name}: ${line}`)
    })
    expect(found.flat()).toEqual([])
  },
  120_000,
)

test('a server can have several defects', async () => {
  await using gateway = await startGateway(['challenge-missing', 'error-string', 'two-content-types'])
  await using clean = await startGateway([])
  const probe = probes['no token']
  const lines = findDifferences(await observe(clean.url, probe, patience), await observe(gateway.url, probe, patience))
  expect(lines.map((line) => line.split(':')[0])).toEqual([
    'header content-type',
    'header www-authenticate',
    'body/detail',
  ])
})

const patience = 10_000

async function differencesOf(
  start: (names: readonly string[]) => Promise<Pick<Mutant, 'url' | typeof Symbol.asyncDispose>>,
): Promise<{ name: string; lines: string[] }[]> {
  await using clean = await start([])
  return await inParallel(8, defects, async ({ name }) => {
    const probe: Probe = probes[proofs[name]!]
    await using mutant = await start([name])
    const compare = async () =>
      findDifferences(
        await observe(clean.url, probe, patience),
        await observe(mutant.url, probe, silent.has(name) ? 600 : patience),
      )
    const lines = await compare()
    // On a busy machine, the end of a connection and the times of its chunks prove nothing.
    const isTimed = !silent.has(name) && lines.some((line) => line.startsWith('connection'))
    return { name, lines: isTimed || !lines.length ? await compare() : lines }
  })
}
