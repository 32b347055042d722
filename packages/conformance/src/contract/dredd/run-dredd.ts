import { EventEmitter } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Schema } from '@livepeer-ai/openapi'
import type { DreddHooks, DreddTest, FieldError, Transaction } from 'dredd'
import type { LaneProblem } from '../report/lane-problem.ts'
import type { ScenarioRequest } from '../scenario-request.ts'
import { loadDredd } from './load-dredd.ts'
import { safeHook } from './safe-hook.ts'

/** One request for Dredd to send, and the response to expect. */
export interface LaneTransaction {
  method: string
  /** Path in the skeleton document; each parameter is replaced by its name. */
  skeletonPath: string
  status: string
  mediaType: string | undefined
  /** Draft-07 schema of the response body. */
  bodySchema: Schema | undefined
  request: ScenarioRequest
}

export interface DreddResult {
  problems: LaneProblem[]
  response?: { status: number; headers: Record<string, string>; body: string } | undefined
  ms: number
}

export interface DreddOptions {
  url: string
  /** The skeleton document that Dredd compiles its transactions from. */
  skeleton: string
  transactions: LaneTransaction[]
  timeoutMs: number
  /** Called at the end of each transaction, with its index in `transactions`. */
  onResult: (index: number, result: DreddResult) => void
}

/** Dredd rejected the skeleton document, or did not run as expected. Not a fault of the gateway. */
export class DreddError extends Error {
  override name = 'DreddError' as const
}

/** Runs the transactions through Dredd. Reports each result once, in order. */
export async function runDredd({ url, skeleton, transactions, timeoutMs, onResult }: DreddOptions): Promise<void> {
  const Dredd = loadDredd()
  const reported = new Set<number>()
  const failures: string[] = []
  let isRegistered = false

  const emitter = createEmitter(failures, (test, error) => {
    const index = test.origin['scenario'] as number
    reported.add(index)
    onResult(index, toDreddResult(test, error))
  })
  const register = (hooks: DreddHooks) => {
    isRegistered = true
    registerHooks(hooks, transactions, failures)
  }
  const dredd = new Dredd({
    endpoint: url,
    path: [],
    apiDescriptions: [skeleton],
    emitter,
    hookfiles: [fileURLToPath(new URL('../../../dredd-hooks.cjs', import.meta.url))],
    custom: { cwd: process.cwd(), register },
    language: 'nodejs',
    loglevel: 'silent',
    reporter: [],
    http: { timeout: timeoutMs },
  })
  await new Promise<void>((resolve, reject) =>
    dredd.run((error) => (error ? reject(new DreddError(`Dredd: ${error.message}`)) : resolve())),
  )

  if (!isRegistered) failures.push('the hook file was not loaded')
  if (failures.length) throw new DreddError(`Dredd: ${failures.join('; ')}`)
  const lost = transactions.length - reported.size
  if (lost) throw new DreddError(`Dredd: ${lost} of ${transactions.length} transactions have no result`)
}

/** Creates the emitter for Dredd's events. Annotations of its parser are failures. */
function createEmitter(failures: string[], report: (test: DreddTest, error?: Error) => void): EventEmitter {
  const emitter = new EventEmitter()
  emitter.on('start', (descriptions: { annotations: { type: string; message: string }[] }[], done: () => void) => {
    for (const { type, message } of descriptions.flatMap(({ annotations }) => annotations))
      failures.push(`parser ${type}: ${message}`)
    done()
  })
  emitter.on('end', (done: () => void) => done())
  emitter.on('test pass', (test: DreddTest) => report(test))
  emitter.on('test fail', (test: DreddTest) => report(test))
  emitter.on('test error', (error: Error, test: DreddTest) => report(test, error))
  return emitter
}

function registerHooks(hooks: DreddHooks, transactions: LaneTransaction[], failures: string[]): void {
  hooks.beforeAll(
    safeHook(
      'beforeAll',
      (compiled) => expand(compiled, transactions),
      (_, error) => failures.push(error.message),
    ),
  )
  hooks.beforeEachValidation(
    safeHook('beforeEachValidation', prepareValidation, (transaction, error) => (transaction.fail = error.message)),
  )
}

/**
 * Replaces the compiled transactions by one for each planned request.
 * Changes the array in place, because Dredd goes on with it.
 */
function expand(compiled: Transaction[], planned: LaneTransaction[]): void {
  const skeletons = compiled.splice(0)
  for (const [scenario, transaction] of planned.entries()) {
    const skeleton = skeletons.find((candidate) => compiledFrom(candidate, transaction))
    if (!skeleton)
      throw new Error(`nothing compiled for ${transaction.method} ${transaction.skeletonPath} ${transaction.status}`)
    const { bodySchema, request } = transaction
    // Dredd prefixes the path of the skeleton with the path of the base URL.
    const base = skeleton.fullPath.slice(0, skeleton.fullPath.length - skeleton.request.uri.length)
    compiled.push({
      ...skeleton,
      name: `${skeleton.name} > ${scenario}`,
      fullPath: base + request.uri,
      request: { ...skeleton.request, uri: request.uri, headers: request.headers, body: request.body },
      expected: { ...skeleton.expected, ...(bodySchema && { bodySchema: JSON.stringify(bodySchema) }) },
      origin: { ...skeleton.origin, scenario },
    })
  }
}

function compiledFrom({ request, expected }: Transaction, planned: LaneTransaction): boolean {
  return (
    request.method === planned.method &&
    request.uri === planned.skeletonPath &&
    expected.statusCode === planned.status &&
    expected.headers['Content-Type'] === planned.mediaType
  )
}

/** Makes Dredd ignore media type parameters (`; charset=utf-8`), and frees the request body. */
function prepareValidation({ expected, real, request }: Transaction): void {
  request.body = ''
  const [wanted, actual] = [expected.headers['Content-Type'], real?.headers['content-type']]
  if (wanted && actual && stripParameters(wanted) === stripParameters(actual))
    expected.headers = { ...expected.headers, 'Content-Type': actual }
}

/** Returns a media type in lower case, without its parameters. */
export const stripParameters = (mediaType: string): string => mediaType.replace(/;.*/s, '').trim().toLowerCase()

const parts = { statusCode: 'status', headers: 'headers', body: 'body' } as const

function toDreddResult(
  { startedAt = Date.now(), results, errors = [], actual }: DreddTest,
  error?: Error,
): DreddResult {
  const exchange = [...errors.map(({ message }) => message), ...(error ? [`no response: ${error.message}`] : [])]
  return {
    ms: Date.now() - startedAt,
    problems: [
      ...keys(parts).flatMap((field) =>
        (results?.fields?.[field]?.errors ?? []).map((fieldError) => toProblem(field, fieldError)),
      ),
      ...exchange.map((message): LaneProblem => ({ judges: ['run'], part: 'exchange', message })),
    ],
    response: actual && { status: actual.statusCode, headers: actual.headers, body: actual.body ?? '' },
  }
}

function toProblem(field: keyof typeof parts, { message, location }: FieldError): LaneProblem {
  return {
    judges: ['dredd'],
    part: parts[field],
    pointer: field === 'body' ? (location?.pointer ?? '') : undefined,
    // Gavel starts the message with the pointer, which has a field of its own here.
    message: message
      .replace(/^At '.*?' /, '')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  }
}

const keys = <K extends string>(object: Record<K, unknown>) => Object.keys(object) as K[]
