export * from './index.ts'
// An export by name takes the place of the one of that name behind the star.
export { createClient } from './runtime/workerd.ts'
