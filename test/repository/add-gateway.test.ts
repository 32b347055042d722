import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { gateways } from '@livepeer-ai/openapi/gateways'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

// A bound against hangs: the copy is installed, generated, type-checked and tested.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 })

const root = resolve(import.meta.dirname, '../..')
let copy: string

/** Runs a program in the copy, and throws an error with its output if it fails. */
async function run(command: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, PATH: `${join(copy, 'node_modules/.bin')}:${process.env['PATH']}` }
  const output = await promisify(execFile)(command, args, { cwd: copy, env, maxBuffer: 2 ** 26 }).catch(
    ({ stdout, stderr }: { stdout: string; stderr: string }) => Promise.reject(new Error(`${stdout}\n${stderr}`)),
  )
  return output.stdout
}

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'add-gateway-'))
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z']
  const { stdout } = await promisify(execFile)('git', list, { cwd: root, maxBuffer: 2 ** 26 })
  const files = stdout.split('\0').filter(Boolean)
  await Promise.all(files.map((file) => cp(join(root, file), join(copy, file)).catch(ignoreDeleted)))

  const guide = await readFile(join(root, 'CONTRIBUTING.md'), 'utf8')
  const [, example = ''] = /^ {3}```yaml\n(.*?)^ {3}```$/ms.exec(guide) ?? []
  await writeFile(join(copy, 'spec/gateways/quiet-hill.overlay.yaml'), example.replaceAll(/^ {3}/gm, ''))
  await run(process.execPath, 'tools/install.mjs')
  await run('npm', 'run', 'generate')
})
afterAll(() => rm(copy, { recursive: true }))

/** A deleted file is in the index until it is committed. */
function ignoreDeleted(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

test('the gateway that CONTRIBUTING.md adds is generated', async () => {
  const script = `
    const { gateways, describeGateway, listDeviations } = await import('@livepeer-ai/openapi/gateways')
    const { quietHill } = await import('@livepeer-ai/openapi/gateways/quiet-hill')
    const { servers } = await describeGateway('quiet-hill')
    const deviations = await listDeviations('quiet-hill')
    console.log(JSON.stringify({ names: Object.keys(gateways), quietHill, servers, deviations }))`
  await writeFile(join(copy, 'packages/client/quiet-hill.mjs'), script)
  expect(JSON.parse(await run('node', 'packages/client/quiet-hill.mjs'))).toMatchObject({
    names: [...new Set([...Object.keys(gateways), 'quiet-hill'])].toSorted(),
    quietHill: {
      servers: ['https://gateway.quiet-hill.example'],
      limits: { maxBytes: 1_048_576 },
      fields: { genAudioToText: { return_timestamps: { required: false, default: 'true', enum: ['word', 'false'] } } },
    },
    servers: [{ url: 'https://gateway.quiet-hill.example' }],
    deviations: [
      { id: 'quiet-hill/no-sentences', evidence: [{ url: 'https://github.com/quiet-hill/gateway/issues/7' }] },
    ],
  })
  expect(await readFile(join(copy, 'docs/deviations.md'), 'utf8')).toContain('| `quiet-hill/no-sentences` |')
})

test('the gate accepts the new gateway', async () => {
  await expect(run('node', 'tools/lint-spec.ts')).resolves.toContain('0 problems')
  await expect(run('tsc', '-p', 'tsconfig.check.json')).resolves.toBe('')
})

test('each test of the gateways accepts the new one, and the local gateway is not taken for it', async () => {
  const about = [
    'packages/openapi/src/gateways',
    'packages/mock/src/gateway',
    'tools/overlays',
    'test/gateways',
    'test/repository/accept-drift',
    'test/conformance/gateways',
    'test/conformance/drift',
    'test/conformance/suite',
  ]
  const results = join(copy, 'results.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`]
  await run('vitest', 'run', ...reporters, '-t', 'quiet-hill|passes profile core', ...about)
  const { testResults } = JSON.parse(await readFile(results, 'utf8')) as Results
  const passed = testResults.filter(({ assertionResults }) =>
    assertionResults.some(({ status }) => status === 'passed'),
  )
  expect(passed.length).toBeGreaterThanOrEqual(about.length)
})

interface Results {
  testResults: { assertionResults: { status: string }[] }[]
}
