import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig, type TestProjectConfiguration } from 'vitest/config'
import { BaseSequencer, type InlineConfig, type TestSpecification } from 'vitest/node'

/** Starts the files first that take minutes, so that no core is idle at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const index = longest.findIndex((path) => moduleId.includes(path))
      return index < 0 ? longest.length : index
    }
    // oxlint-disable-next-line no-array-sort -- the method of the sequencer
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other))
  }
}
const longest = ['/test/install/', '/test/conformance/', '/test/growing/', '/test/docs/', '/test/mutants/']

const project = (name: string, include: string[], options: InlineConfig = {}): TestProjectConfiguration => ({
  extends: true,
  test: { name, include, ...options },
})
const packed = ['test/{consumers,install,runtimes,types}/**/*.test.ts']

export default defineConfig({
  test: {
    // Bounds against hangs, not measurements: the machine may be busy.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Tests also wait for processes and installations. One more worker than cores uses that time.
    maxWorkers: availableParallelism() + 1,
    // Test files share the modules that they import: a fifth of the time is saved.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    projects: [
      project('tools', ['tools/**/*.test.ts']),
      project('packages', ['packages/*/src/**/*.test.ts']),
      project('test', ['test/**/*.test.ts'], { exclude: [...configDefaults.exclude, ...packed] }),
      // These tests install the packages as they are published.
      project('packed', packed, { globalSetup: 'test/pack-packages.ts' }),
    ],
  },
})
