import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'

/** The gate: every step runs, and each one's failure is the gate's. */
const results = 'reports/tests.json'
const steps: [name: string, command: string][] = [
  ['lint-spec', 'node tools/spec/lint.ts'],
  ['check:generated', 'node tools/generate/check-generated.ts'],
  ['format', 'oxfmt --check'],
  ['lint', 'oxlint --type-aware'],
  ['unused', 'knip --no-progress'],
  ['typecheck', 'tsc -b && tsc -p tsconfig.check.json'],
  ['packages', 'node tools/package/check-packages.ts'],
  ['tests', `vitest run --reporter=default --reporter=json --outputFile.json=${results}`],
]

rmSync(results, { force: true })
const failedSteps = steps.filter(([name, command]) => {
  console.log(`\n> ${name}: ${command}`)
  return spawnSync(command, { shell: true, stdio: 'inherit' }).status !== 0
})

const names = failedSteps.map(([name]) => name)
const tests = testCounts()
// A test step that fails without a failed test (a file that does not load) still counts as one failure.
const otherFailures = names.filter((name) => name !== 'tests' || tests.failed === 0).length
console.log(
  `\nSteps: ${steps.length - names.length} of ${steps.length} in order${names.length ? `; failed: ${names.join(', ')}` : ''}`,
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
