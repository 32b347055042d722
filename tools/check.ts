import { exec, spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { promisify } from 'node:util'

type Step = [name: string, command: string]
const results = 'reports/tests.json'
/**
 * The gate: two rows of steps that do not disturb each other, and the tests after both. Every step
 * runs; the gate fails if one of them fails.
 */
const rows: Step[][] = [
  [
    ['lint-spec', 'node tools/lint-spec.ts'],
    ['check:generated', 'node tools/generate/check-generated.ts'],
    ['format', 'oxfmt --check'],
    ['language', 'node tools/check-language.ts'],
    ['unused', 'knip --no-progress'],
  ],
  [
    ['lint', 'oxlint --type-aware'],
    ['typecheck', 'tsc -b && tsc -p tsconfig.check.json'],
    ['packages', 'node tools/package/check-packages.ts'],
  ],
]
const tests: Step = ['tests', `vitest run --reporter=default --reporter=json --outputFile.json=${results}`]

// Tests start the command lines from source many times. Node keeps their compiled code.
const env = { ...process.env, NODE_COMPILE_CACHE: resolve('node_modules/.cache/node') }

const failed: string[] = []

/** Runs a step, and prints its output at its end. */
async function runStep([name, command]: Step): Promise<void> {
  const { stdout, stderr } = await promisify(exec)(command, { env, maxBuffer: 2 ** 28 }).catch(
    (error: { stdout: string; stderr: string }) => {
      failed.push(name)
      return error
    },
  )
  console.log(`\n> ${name}: ${command}\n${stdout}${stderr}`)
}

rmSync(results, { force: true })
await Promise.all(
  rows.map(async (row) => {
    for (const step of row) await runStep(step)
  }),
)
const [name, command] = tests
console.log(`\n> ${name}: ${command}`)
if (spawnSync(command, { shell: true, stdio: 'inherit', env }).status !== 0) failed.push(name)

const counts = testCounts()
// A failed test step without a failed test (a file that does not load) counts as one failure.
const otherFailures = failed.filter((step) => step !== name || counts.failed === 0).length
const total = rows.flat().length + 1
console.log(`\nSteps: ${total - failed.length} of ${total} ok${failed.length ? `; failed: ${failed.join(', ')}` : ''}`)
console.log(`${counts.passed} passed, ${counts.failed + otherFailures} failed`)
if (failed.length) process.exitCode = 1

function testCounts(): { passed: number; failed: number } {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(results, 'utf8')) as Record<string, number>
    return { passed: numPassedTests ?? 0, failed: numFailedTests ?? 0 }
  } catch {
    return { passed: 0, failed: 0 }
  }
}
