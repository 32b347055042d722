declare module 'dredd' {
  import type { EventEmitter } from 'node:events'

  /** A message of Gavel, Dredd's validator. */
  export interface FieldError {
    message: string
    location?: { pointer?: string }
  }

  /** The members of an HTTP transaction that are used here. */
  export interface Transaction {
    name: string
    id: string
    fullPath: string
    request: { method: string; uri: string; headers: Record<string, string>; body: Buffer | string }
    expected: { statusCode: string; headers: Record<string, string>; bodySchema?: string }
    real?: { statusCode: number; headers: Record<string, string>; body?: string }
    /** Place in the API description; Dredd copies it to the test that it emits. */
    origin: Record<string, unknown>
    fail?: boolean | string
    startedAt?: number
  }

  /** Emitted at the end of a transaction. */
  export interface DreddTest {
    origin: Transaction['origin']
    startedAt?: number
    errors?: { message: string }[]
    actual?: Transaction['real']
    results?: { fields?: Partial<Record<'statusCode' | 'headers' | 'body', { errors: FieldError[] }>> }
  }

  export interface DreddHooks {
    beforeAll(hook: (transactions: Transaction[], done: () => void) => void): void
    beforeEachValidation(hook: (transaction: Transaction, done: () => void) => void): void
    afterEach(hook: (transaction: Transaction, done: () => void) => void): void
  }

  export interface DreddConfiguration {
    endpoint: string
    /** Locations of API descriptions; empty, because `apiDescriptions` has their content. */
    path: string[]
    apiDescriptions: string[]
    emitter: EventEmitter
    hookfiles: string[]
    custom: { cwd: string; register: (hooks: DreddHooks) => void }
    language: 'nodejs'
    loglevel: 'silent'
    reporter: string[]
    /** Options of the `request` library. */
    http: { timeout: number }
  }

  export default class Dredd {
    constructor(configuration: DreddConfiguration)
    run(callback: (error: Error | null) => void): void
  }
}
