// Entry for Node, Deno and Bun.
export { createClient, type ClientOptions } from './runtime/node.ts'
export * from './entry/exports.ts'
