import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { gateways } from '@livepeer-ai/openapi/gateways'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { carryOut, readRecipe } from './recipes.ts'

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

const git = (...args: string[]) => run('git', '-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args)
const commit = (message: string) => git('add', '--all').then(() => git('commit', '--quiet', '--message', message))

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'growing-'))
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z']
  const { stdout } = await promisify(execFile)('git', list, { cwd: root, maxBuffer: 2 ** 26 })
  const files = stdout.split('\0').filter(Boolean)
  await Promise.all(files.map((file) => cp(join(root, file), join(copy, file)).catch(ignoreDeleted)))
  await run(process.execPath, 'tools/install.mjs')
  await git('init', '--quiet')
  await commit('Before')
})
afterAll(() => rm(copy, { recursive: true }))

/** A deleted file is in the index until it is committed. */
function ignoreDeleted(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

/** Runs a module in the copy, and returns the value that it exports. */
async function evaluate(source: string): Promise<unknown> {
  const file = 'packages/client/src/evaluate.test.ts'
  await writeFile(join(copy, file), `${source}\nconsole.log(JSON.stringify(value))\n`)
  const output = await run('node', file)
  await rm(join(copy, file))
  return JSON.parse(output)
}

const guide = await readFile(join(root, 'CONTRIBUTING.md'), 'utf8')

test.each([
  [
    'An optional field',
    `import { createClient } from '@livepeer-ai/client'
     const fetch = async (_: unknown, init: RequestInit) => Response.json({ text: await new Response(init.body).text(), chunks: [] })
     const client = createClient({ baseUrl: 'https://gateway.example', fetch: fetch as typeof globalThis.fetch })
     const { text } = await client.audioToText({ audio: new Blob(['a']), language: 'de' })
     const value = /name="language"\\s+de\\s/.test(text)`,
    true,
  ],
  [
    'A new status',
    `import { operationTable } from '@livepeer-ai/openapi'
     const value = operationTable[0]?.responses['402']`,
    ['application/json'],
  ],
  [
    'A new operation',
    `import { createClient } from '@livepeer-ai/client'
     const fetch = async () => Response.json({ models: ['a'] })
     const client = createClient({ baseUrl: 'https://gateway.example', fetch })
     const { data } = await client.GET('/models')
     const value: string[] | undefined = data?.models`,
    ['a'],
  ],
])('the recipe "%s" of CONTRIBUTING.md works, and has the changeset that it needs', async (heading, source, value) => {
  await carryOut(readRecipe(guide, heading), copy, run)
  await commit(heading)
  expect(await evaluate(source)).toEqual(value)
  expect(await run('npm', 'run', 'check:changesets', '--', 'HEAD~1')).toContain('Every change since HEAD~1 has its')
})

test('the gateway that CONTRIBUTING.md adds is generated', async () => {
  const [file] = readRecipe(guide, 'Add a gateway')
  await carryOut([file!], copy, run)
  await run('npm', 'run', 'generate')
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

test('the types of the grown contract and of the new gateway are right', async () => {
  expect(await run('tsc', '-p', 'tsconfig.check.json')).toBe('')
})

test('the tests of the contract and of the gateways accept both', async () => {
  const about = [
    'packages/openapi/src/gateways',
    'packages/mock/src/gateway',
    'test/contract/contract-run',
    'tools/overlays',
    'tools/spec/seed',
    'test/size',
    'test/gateways',
    'test/conformance/gateways',
  ]
  // The tests of the comparison itself are left out.
  const names =
    '^(?!.*(new defect of|no longer shows)).*(quiet-hill|passes profile core|as documented|published document|at most 5)'
  const results = join(copy, 'results.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`]
  await run('vitest', 'run', ...reporters, '-t', names, ...about)
  const { testResults } = JSON.parse(await readFile(results, 'utf8')) as Results
  const passed = testResults.filter(({ assertionResults }) =>
    assertionResults.some(({ status }) => status === 'passed'),
  )
  expect(passed.length).toBeGreaterThanOrEqual(about.length)
})

interface Results {
  testResults: { assertionResults: { status: string }[] }[]
}
