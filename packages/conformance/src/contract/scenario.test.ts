import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as contract from '@livepeer-ai/openapi/contract'
import { expect, onTestFinished, test } from 'vitest'
import { buildScenarioRequest } from './scenario-request.ts'
import { loadScenarios } from './scenario.ts'

const shipped = new URL('../../scenarios/audio-to-text.yaml', import.meta.url)
const options = { token: 'secret', maxBytes: 200_000 }

async function file(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'scenarios-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 'sample.yaml')
  await writeFile(path, content)
  return path
}

test('the shipped scenarios cover every documented status', async () => {
  const scenarios = await loadScenarios(shipped, contract)
  const [operation] = contract.operationTable
  expect([...new Set(scenarios.map(({ status }) => status))].toSorted((a, b) => Number(a) - Number(b))).toEqual(
    Object.keys(operation!.responses),
  )
})

test.each([
  ['not YAML', 'a: [', 'Flow sequence'],
  ['an unknown operation', "nope:\n  '200': []", "the contract has no operation 'nope'"],
  [
    'an undocumented status',
    "genAudioToText:\n  '418': []",
    'genAudioToText 418: the contract documents no such status',
  ],
  ['a request without a name', "genAudioToText:\n  '200':\n    - body: x", 'every request needs a name'],
  ['a misspelt field', "genAudioToText:\n  '200':\n    - name: x\n      part: {}", "unknown field 'part'"],
  ['no list', "genAudioToText:\n  '200': x", 'expected a list of requests'],
  ['no mapping', 'genAudioToText', 'expected a mapping'],
])('names the file and the reason for %s', async (_, content, reason) => {
  const path = await file(content)
  await expect(loadScenarios(path, contract)).rejects.toThrow(`${path}: `)
  await expect(loadScenarios(path, contract)).rejects.toThrow(reason)
})

test('names a scenario file that is missing', async () => {
  await expect(loadScenarios('nowhere.yaml', contract)).rejects.toThrow('nowhere.yaml: ENOENT')
})

test.each([
  ['the token', 'a recording, chunks by sentence', { authorization: 'Bearer secret' }],
  ['no token', 'no token', {}],
  ['a scheme in lower case', 'a bearer scheme in lower case', { authorization: 'bearer secret' }],
  ['a preference', 'a pipeline that fails', { authorization: 'Bearer secret', prefer: 'code=500' }],
])('sends %s', async (_, name, headers) => {
  const { 'content-type': contentType, ...rest } = (await request(name)).headers
  expect(rest).toEqual(headers)
  expect(contentType).toMatch(/^multipart\/form-data; boundary=/)
})

test('pads a file to one byte more than the limit', async () => {
  const { body } = await request('one byte over the limit')
  const start = body.indexOf('RIFF')
  expect(body.lastIndexOf('\r\n--') - start).toBe(options.maxBytes + 1)
})

test('names a recording that is missing', async () => {
  const path = await file(
    "genAudioToText:\n  '200':\n    - name: x\n      parts:\n        audio:\n          file: gone.wav",
  )
  const [scenario] = await loadScenarios(path, contract)
  await expect(buildScenarioRequest(scenario!, contract.operationTable[0]!, options)).rejects.toThrow(
    /gone\.wav: no such file$/,
  )
})

async function request(name: string) {
  const scenarios = await loadScenarios(shipped, contract)
  return buildScenarioRequest(
    scenarios.find((scenario) => scenario.name === name)!,
    contract.operationTable[0]!,
    options,
  )
}
