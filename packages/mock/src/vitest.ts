import { afterAll, afterEach, beforeAll } from 'vitest'
import type { Mock, MockOptions } from './mock-options.ts'
import { startMock } from './start-mock.ts'

/**
 * Starts a mock for the tests of a file, on a free port by default, and resets it after each test.
 * Call it at the top of the file or of a `describe`.
 */
export function useMock(options: MockOptions = {}): Mock {
  let mock: Mock | undefined
  beforeAll(async () => {
    mock = await startMock({ port: 0, ...options })
  })
  afterEach(() => mock?.reset())
  afterAll(() => mock?.close())
  return new Proxy({} as Mock, {
    get(_, name) {
      if (!mock) throw new Error('The mock runs only while tests do: use it inside of a test or a hook')
      return Reflect.get(mock, name) as unknown
    },
  })
}
