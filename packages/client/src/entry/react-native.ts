// Entry for React Native.
export { createClient } from '../runtime/react-native.ts'
export type { ClientOptions } from '../plain-client.ts'
export * from './exports.ts'
