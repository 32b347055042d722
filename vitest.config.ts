import { configDefaults, defineConfig, type TestProjectConfiguration } from 'vitest/config'
import type { InlineConfig } from 'vitest/node'

const project = (name: string, include: string[], options: InlineConfig = {}): TestProjectConfiguration => ({
  extends: true,
  test: { name, include, ...options },
})
const packed = ['test/{install,runtimes,types}/**/*.test.ts']
const alone = ['test/{conformance,contract,mutants}/**/*.test.ts']

export default defineConfig({
  test: {
    // Bounds against hangs, not measurements: the machine may be busy.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Tests wait for processes more than they compute.
    maxWorkers: '100%',
    projects: [
      project('tools', ['tools/**/*.test.ts']),
      project('packages', ['packages/*/src/**/*.test.ts']),
      project('test', ['test/**/*.test.ts'], { exclude: [...configDefaults.exclude, ...packed, ...alone] }),
      // These tests install the packages as they are published.
      project('packed', packed, { globalSetup: 'test/pack-packages.ts' }),
      // These tests check response times and closed connections, so nothing else may run.
      project('alone', alone, { fileParallelism: false }),
    ],
  },
})
