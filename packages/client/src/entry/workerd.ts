// The entry of Cloudflare Workers.
export { createClient } from '../runtime/workerd.ts'
export type { ClientOptions } from '../client.ts'
export * from './exports.ts'
