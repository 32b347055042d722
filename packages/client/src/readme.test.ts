import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { answer, formOf, testGateway, transcript } from './testing/test-gateway.ts'

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')

test('the first example of the README runs with another URL and file', async () => {
  const { requests, baseUrl } = await testGateway(answer(200, transcript))
  const speech = fileURLToPath(new URL('../../conformance/fixtures/speech/austen-0880.wav', import.meta.url))
  const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? ''
  const program = example.replace('http://127.0.0.1:4010', baseUrl).replace('speech.wav', speech)
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module-typescript', '-e', program], {
    cwd: import.meta.dirname,
    env: { LIVEPEER_AI_TOKEN: 'secret' },
  })
  expect(stdout).toBe(`${transcript.text}\n`)
  expect(requests[0]?.headers.authorization).toBe('Bearer secret')
  expect((await formOf(requests[0])).get('audio')).toMatchObject({ name: 'austen-0880.wav' })
})
