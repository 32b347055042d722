import { defineConfig } from 'vitest/config'

const project = (name: string, include: string[]) => ({ extends: true as const, test: { name, include } })

export default defineConfig({
  test: {
    // Bounds against hangs, not measurements: the machine may be busy.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      project('tools', ['tools/**/*.test.ts']),
      project('packages', ['packages/*/src/**/*.test.ts']),
      // These build and pack the packages: one at a time.
      { extends: true as const, test: { name: 'test', include: ['test/**/*.test.ts'], fileParallelism: false } },
    ],
  },
})
