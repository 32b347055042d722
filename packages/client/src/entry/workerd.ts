// Entry for Cloudflare Workers.
export { createClient } from '../runtime/workerd.ts'
export type { ClientOptions } from '../plain-client.ts'
export * from './exports.ts'
