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

const sample = (members: string) => `genAudioToText:\n  '200':\n    - { ${members} }`

test.each([
  ['not YAML', 'a: [', 'Flow sequence'],
  ['an unknown operation', "nope:\n  '200': []", "the contract has no operation 'nope'"],
  [
    'an undocumented status',
    "genAudioToText:\n  '418': []",
    'genAudioToText 418: the contract documents no such status',
  ],
  ['a status of `or` that is undocumented', sample("name: x, or: ['418']"), '418: the contract documents no such'],
  ['a request without a name', sample('body: x'), "/genAudioToText/200/0: 'name' is missing"],
  ['a misspelt member', sample('name: x, part: {}'), "/genAudioToText/200/0: unknown member 'part'; known are name"],
  ['a list of parts', sample('name: x, parts: [a]'), '/genAudioToText/200/0/parts must be object'],
  ['a part that is a number', sample('name: x, parts: { a: 5 }'), '/0/parts/a must be string or object'],
  ['a file without a path', sample('name: x, parts: { a: { type: t } }'), "/0/parts/a: 'file' is missing"],
  ['a misspelt member of a file', sample('name: x, parts: { a: { file: f, typ: t } }'), "unknown member 'typ'"],
  ['a text for a number', sample("name: x, truncate: '5'"), '/0/truncate must be integer'],
  ['a header that is a list', sample('name: x, headers: { a: [b] }'), '/0/headers/a must be string or null'],
  ['a header name with a space', sample('name: x, headers: { a b: c }'), '/0/headers must match pattern'],
  ['no list', "genAudioToText:\n  '200': x", '/genAudioToText/200 must be array'],
  ['no mapping', 'genAudioToText', 'the document must be object'],
  ['an empty file', '', 'the document must be object'],
])('names the file and the reason for %s', async (_, content, reason) => {
  const path = await file(content)
  const { name, message } = await loadScenarios(path, contract).then(
    () => new Error('none'),
    (error: Error) => error,
  )
  expect([name, message]).toEqual(['ScenarioError', expect.stringContaining(reason)])
  expect(message.startsWith(`${path}: `) && !message.includes('\n')).toBe(true)
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
