import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'

/** The gate. Every step runs; the gate fails if one of them fails. */
const results = 'reports/tests.json'
const steps: [name: string, command: string][] = [
  ['lint-spec', 'node tools/lint-spec.ts'],
  ['check:generated', 'node tools/generate/check-generated.ts'],
  ['format', 'oxfmt --check'],
  ['language', 'node tools/check-language.ts'],
  ['lint', 'oxlint --type-aware'],
  ['unused', 'knip --no-progress'],
  ['typecheck', 'tsc -b && tsc -p tsconfig.check.json'],
  ['packages', 'node tools/package/check-packages.ts'],
  ['tests', `vitest run --reporter=default --reporter=json --outputFile.json=${results}`],
]

// Tests start the command lines from source many times. Node keeps their compiled code.
const env = { ...process.env, NODE_COMPILE_CACHE: resolve('node_modules/.cache/node') }

rmSync(results, { force: true })
const failedSteps = steps.filter(([name, command]) => {
  console.log(`\n> ${name}: ${command}`)
  return spawnSync(command, { shell: true, stdio: 'inherit', env }).status !== 0
})

const names = failedSteps.map(([name]) => name)
const tests = testCounts()
// A failed test step without a failed test (a file that does not load) counts as one failure.
const otherFailures = names.filter((name) => name !== 'tests' || tests.failed === 0).length
console.log(
  `\nSteps: ${steps.length - names.length} of ${steps.length} ok${names.length ? `; failed: ${names.join(', ')}` : ''}`,
)
console.log(`${tests.passed} passed, ${tests.failed + otherFailures} failed`)
if (names.length) process.exitCode = 1

function testCounts(): { passed: number; failed: number } {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(results, 'utf8')) as Record<string, number>
    return { passed: numPassedTests ?? 0, failed: numFailedTests ?? 0 }
  } catch {
    return { passed: 0, failed: 0 }
  }
}
