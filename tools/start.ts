import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { createClient as createClientType } from '@livepeer-ai/client'
import {
  loadScenarios,
  runContract,
  writeContractReports,
  type LaneReport,
  type LaneResult,
} from '@livepeer-ai/conformance'
import { createGateway, WorkerTranscriber, type Gateway } from '@livepeer-ai/gateway'
import { startMock } from '@livepeer-ai/mock'
import * as contract from '@livepeer-ai/openapi/contract'
import { generateOutputs, specFile, writeOutput } from './generate/outputs.ts'

interface StepResult {
  name: string
  ok: boolean
  ms: number
}

interface Summary {
  ok: boolean
  startedAt: string
  ms: number
  steps: StepResult[]
  /** The transcript that the built client received for the clip. */
  transcript?: string
  /** The outcomes of each contract run by operation and status. */
  contract?: Record<string, LaneReport['statuses']>
  versions: Record<string, string>
}

const root = fileURLToPath(new URL('..', import.meta.url))
const clip = new URL('../packages/conformance/fixtures/speech/austen-0930.wav', import.meta.url)
const maxBytes = 1024 * 1024
const token = 'npm-start'
const reports: string[] = []
const start = performance.now()
const summary: Summary = {
  ok: false,
  startedAt: new Date().toISOString(),
  ms: 0,
  steps: [],
  versions: versions(),
}

try {
  await main()
  summary.ok = summary.steps.every(({ ok }) => ok)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
}
summary.ms = since(start)
reports.unshift(`${root}/reports/summary.json`)
await mkdir(`${root}/reports`, { recursive: true })
await writeFile(`${root}/reports/summary.json`, `${JSON.stringify(summary, null, 2)}\n`)
console.log(
  `\n${summary.ok ? 'Everything works' : 'Something is broken'}: ${summary.steps.filter(({ ok }) => ok).length} of ${summary.steps.length} steps in ${(summary.ms / 1000).toFixed(1)} s`,
)
console.log(`Reports: ${reports.map((path) => relative(root, path)).join(', ')}`)
process.exitCode = summary.ok ? 0 : 1

async function main(): Promise<void> {
  const generated = await step('generate', () =>
    generateOutputs(specFile, ({ name, ms }) => console.log(`  ${name.padEnd(18)} ${ms} ms`)),
  )
  await step('write', () => Promise.all(generated.map(writeOutput)))
  await step('type-check, build', build)
  await using mock = await step('start the mock', () => startMock({ port: 0, maxBytes }))
  await using gateway = await step('start the gateway', startGateway)
  summary.transcript = await step('transcribe a clip', () => transcribe(gateway.url))
  console.log(`  "${summary.transcript}"`)
  await checkContract('mock', mock.url)
  await checkContract('gateway', gateway.url)
}

/** Starts the gateway of this repository and loads its model. */
async function startGateway(): Promise<Awaited<ReturnType<Gateway['listen']>>> {
  const transcriber = new WorkerTranscriber()
  const listening = await createGateway({ transcriber, tokens: [token], maxBytes }).listen({
    port: 0,
    host: '127.0.0.1',
  })
  await transcriber.load()
  return listening
}

/** Runs a step and prints its time. Every two seconds a line shows that it is still running. */
async function step<T>(name: string, action: () => Promise<T>): Promise<T> {
  const begin = performance.now()
  const heartbeat = setInterval(() => console.log(`  ${name}: ${(since(begin) / 1000).toFixed(0)} s`), 2000)
  let ok = false
  try {
    const result = await action()
    ok = true
    return result
  } finally {
    clearInterval(heartbeat)
    const ms = since(begin)
    summary.steps.push({ name, ok, ms })
    console.log(`${ok ? 'ok  ' : 'FAIL'} ${name.padEnd(18)} ${ms} ms`)
  }
}

/** Transcribes with the compiled client, like an app. */
async function transcribe(baseUrl: string): Promise<string> {
  const built = new URL('../packages/client/dist/index.js', import.meta.url).href
  const { createClient } = (await import(built)) as { createClient: typeof createClientType }
  const client = createClient({ baseUrl, token })
  const { text } = await client.audioToText({ audio: fileURLToPath(clip) })
  return text
}

/**
 * Runs Dredd against a server. The report of the mock is `contract`, because the mock can answer
 * with every status.
 */
async function checkContract(name: 'mock' | 'gateway', url: string): Promise<void> {
  const report = await step(`contract, ${name}`, async () => {
    const scenarios = await loadScenarios(
      new URL('../packages/conformance/scenarios/audio-to-text.yaml', import.meta.url),
      contract,
    )
    const onResult = ({ status, scenario, outcome, ms }: LaneResult) =>
      console.log(`  ${outcome.padEnd(12)} ${status}  ${scenario}  ${ms} ms`)
    return runContract({ url, contract, scenarios, maxBytes, token, onResult })
  })
  const folder = `${root}/reports${name === 'mock' ? '' : `/${name}`}`
  reports.push(...(await writeContractReports(report, ['json', 'xml', 'html'], folder)))
  ;(summary.contract ??= {})[name] = report.statuses
  Object.assign(summary.versions, report.versions)
  if (!report.ok) throw new Error(`The ${name} breaks the contract: see ${relative(root, folder)}/contract.html`)
}

async function build(): Promise<void> {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  await promisify(execFile)(process.execPath, [tsc, '-b'], { cwd: root }).catch((error: { stdout: string }) => {
    throw new Error(error.stdout)
  })
}

/** Returns the versions of the installed tools. */
function versions(): Record<string, string> {
  const tools = [
    ['tools', '@redocly/cli'],
    ['tools', 'openapi-typescript'],
    ['.', 'typescript'],
    ['packages/mock', '@stoplight/prism-http'],
  ] as const
  const installed = tools.map(([folder, name]) => {
    const manifest = createRequire(`${root}/${folder}/package.json`)(`${name}/package.json`) as { version: string }
    return [name, manifest.version]
  })
  return { node: process.versions.node, ...Object.fromEntries(installed) }
}

function since(begin: number): number {
  return Math.round(performance.now() - begin)
}
