import { runSuite } from '@livepeer-ai/conformance'
import { expect, test } from 'vitest'
import { startMutant } from './start-mutant.ts'
import { loadStubTranscriber } from './stub-transcriber.ts'

const site = { token: 'a-good-token', maxBytes: 2 ** 20 }
const transcriber = await loadStubTranscriber()

/** Defects that make a transcript useless or break a client, with the check that fails for each. */
const harmful: [name: string, check: string][] = [
  ['other-speech', 'SE-15'],
  ['half-heard', 'SE-16'],
  ['times-backwards', 'SE-02'],
  ['times-in-milliseconds', 'SE-03'],
  ['times-beyond-clip', 'SE-03'],
  ['times-restart', 'SE-02'],
  ['end-before-start', 'SE-03'],
  ['word-ignored', 'FV-06'],
  ['heard-twice', 'SE-16'],
  ['stack-trace-422', 'ER-06'],
  ['flac-415', 'MD-04'],
  ['proxy-limit', 'MP-32'],
]

test.concurrent.each(harmful)('%s fails the default run by %s', async (name, id) => {
  await using mutant = await startMutant([name], { transcriber, ...site })
  const { conclusion } = await runSuite({ url: mutant.url, ...site, lanes: ['catalogue'] })
  expect(conclusion).toEqual({ exitCode: 1, text: expect.stringContaining(id) as string })
})
