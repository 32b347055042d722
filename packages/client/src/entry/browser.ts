// The entry of browsers, and of what has no entry of its own.
export { createClient } from '../runtime/browser.ts'
export type { ClientOptions } from '../client.ts'
export * from './exports.ts'
