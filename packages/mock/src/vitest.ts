import { afterAll, afterEach, beforeAll } from 'vitest'
import { startMock, type Mock, type MockOptions } from './start-mock.ts'

/**
 * A mock for the tests of a file: it runs while they do, on any free port, and forgets after each one what it was told and what it was sent.
 * To be called at the top of the file, or of a `describe`.
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
      if (!mock) throw new Error('The mock runs while tests do: use it inside of a test or a hook')
      return Reflect.get(mock, name) as unknown
    },
  })
}
