export { startMock } from './start-mock.ts'
export type { Mock, MockCall, MockOptions } from './start-mock.ts'
export { ListenError } from '@livepeer-ai/server'
