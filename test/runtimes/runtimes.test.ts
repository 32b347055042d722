import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { env, platform } from 'node:process'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { Miniflare } from 'miniflare'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { engines } from './browsers.ts'
import { startGateway } from './gateway.ts'
import { installPacked } from './install-packed.ts'
import { processes } from './processes.ts'
import { recording } from './scenario.ts'
import { pathUpload, uploadMemory } from './upload-memory.ts'

// Nine runtimes start and packages are installed, which takes long on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 })

const project = await mkdtemp(join(tmpdir(), 'client-packed-'))
const talk = join(project, 'talk.wav')
const environments = await readFile(join(import.meta.dirname, '../../docs/environments.md'), 'utf8')
afterAll(() => rm(project, { recursive: true }))

/** Runs the scenario in a process; the first argument describes its environment. */
const main = `import { argv } from 'node:process'
  import { scenario, tryInputs } from './inputs.js'
  const place = JSON.parse(argv[2])
  console.log(JSON.stringify({ problems: await scenario(place), inputs: await tryInputs(place) }))`
/** No server listens there. */
const nowhere = 'http://127.0.0.1:1001'

beforeAll(async () => {
  await installPacked(project, 'client')
  await build({
    entryPoints: [join(import.meta.dirname, 'inputs.ts')],
    outfile: join(project, 'inputs.js'),
    bundle: true,
    packages: 'external',
    format: 'esm',
  })
  await writeFile(join(project, 'main.js'), main)
  await writeFile(talk, recording())
})

test.each(Object.entries(processes))('the packed client works in %s', async (name, [command, ...args]) => {
  await using gateway = await startGateway()
  await using elsewhere = await startGateway()
  gateway.redirectTo(elsewhere.url)
  // Deno sends every stream chunked, whatever its headers.
  const isChunked = name === 'Deno'
  const place = JSON.stringify({ gateway: gateway.url, elsewhere: elsewhere.url, nowhere, path: talk, isChunked })
  const running = promisify(execFile)(command, [...args, 'main.js', place], { cwd: project })
  expect(JSON.parse((await running).stdout)).toEqual({ problems: [], inputs: documentedInputs('Node, Deno, Bun') })
})

// Linux reports the peak. A buffered file would take its whole size.
test.runIf(platform === 'linux').each(Object.entries(processes))(
  '150 MB go from the disk of %s to the gateway without being kept in memory',
  async (_, command) => {
    expect(await uploadMemory(project, command, 150, pathUpload)).toBeLessThan(100)
  },
)

/** Returns a column of the table of inputs in docs/environments.md: outcomes by kind of input. */
function documentedInputs(runtime: string): Record<string, string> {
  const table = /<!-- inputs:start -->(.*?)<!-- inputs:end -->/s.exec(environments)?.[1] ?? ''
  const [head = [], , ...rows] = table
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
  return Object.fromEntries(rows.map((row) => [row[1], row[head.indexOf(runtime)]]))
}

/** Bundles the scenario and the packed client into one module for this platform. */
async function bundle(contents: string, conditions: string[]): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: project },
    bundle: true,
    format: 'esm',
    conditions,
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}

test('the packed client works in workerd', async () => {
  await using gateway = await startGateway()
  await using elsewhere = await startGateway()
  gateway.redirectTo(elsewhere.url)
  const place = { gateway: gateway.url, elsewhere: elsewhere.url, nowhere }
  const worker = `import { scenario, tryInputs } from './inputs.js'
    export default {
      async fetch(request) {
        const place = await request.json()
        return Response.json({ problems: await scenario(place), inputs: await tryInputs(place) })
      },
    }`
  const miniflare = new Miniflare({
    modules: true,
    script: await bundle(worker, ['workerd']),
    compatibilityDate: '2026-07-01',
  })
  try {
    const response = await miniflare.dispatchFetch('http://worker', { method: 'POST', body: JSON.stringify(place) })
    expect(await response.json()).toEqual({ problems: [], inputs: documentedInputs('workerd') })
  } finally {
    await miniflare.dispose()
  }
})

test.for(Object.entries(engines))('the packed client works in %s', async ([name, { packages, find }], { skip }) => {
  const callInPage = find() ?? missing(`${name} is not installed here (Debian: ${packages})`, skip)
  const page = `import { scenario, tryInputs } from './inputs.js'
    globalThis.main = async (place) => ({ problems: await scenario(place), inputs: await tryInputs(place) })`
  const pages: Record<string, [string, string]> = {
    '/': ['text/html', '<!doctype html><meta charset=utf-8><script type=module src=/page.js></script>'],
    '/page.js': ['text/javascript', await bundle(page, ['browser'])],
  }
  await using gateway = await startGateway(pages)
  await using elsewhere = await startGateway()
  gateway.redirectTo(elsewhere.url)
  const place = { gateway: gateway.url, elsewhere: elsewhere.url, nowhere, isBrowser: true }
  const outcome = await callInPage(gateway.url, 'main', place)
  expect(outcome).toEqual({ problems: [], inputs: documentedInputs('Browsers') })
})

/** If the browsers are expected, a missing one is a failure. */
function missing(what: string, skip: (note: string) => never): never {
  if (env['REQUIRE_BROWSERS']) throw new Error(what)
  console.warn(`SKIPPED: ${what}`)
  return skip(what)
}
