// Entry for browsers and all other runtimes.
export { createClient } from '../runtime/browser.ts'
export type { ClientOptions } from '../plain-client.ts'
export * from './exports.ts'
