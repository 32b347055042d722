import { EventEmitter } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Schema } from '@livepeer-ai/openapi'
import type { DreddTest, FieldError, Transaction } from 'dredd'
import type { Problem } from '../problem.ts'
import type { ScenarioRequest } from '../scenario-request.ts'
import { loadDredd } from './load-dredd.ts'
import { safeHook } from './safe-hook.ts'

/** One request for Dredd to send, and what it shall hold the response against. */
export interface PlannedTransaction {
  method: string
  /** Path of the transaction in the skeleton document, its parameters filled with their names. */
  skeletonPath: string
  status: string
  mediaType?: string
  /** Draft-07 schema of the response body. */
  bodySchema?: Schema
  request: ScenarioRequest
}

export interface DreddResult {
  problems: Problem[]
  response?: { status: number; headers: Record<string, string>; body: string }
  ms: number
}

export interface DreddOptions {
  url: string
  /** The skeleton document that Dredd compiles its transactions from. */
  skeleton: string
  transactions: PlannedTransaction[]
  timeoutMs: number
  /** Called as each transaction ends, with its place in `transactions`. */
  onResult: (index: number, result: DreddResult) => void
}

/** Dredd refused the skeleton document or did not do what it was asked to. Not a fault of the gateway. */
export class DreddError extends Error {
  override name = 'DreddError' as const
}

/** Runs the transactions through Dredd. Each one's result is reported once, in order. */
export async function runDredd({ url, skeleton, transactions, timeoutMs, onResult }: DreddOptions): Promise<void> {
  const Dredd = loadDredd()
  const emitter = new EventEmitter()
  const reported = new Set<number>()
  const failures: string[] = []
  let registered = false

  const report = (test: DreddTest, error?: Error) => {
    const index = test.origin['scenario'] as number
    reported.add(index)
    onResult(index, result(test, error))
  }
  emitter.on('start', (descriptions: { annotations: { type: string; message: string }[] }[], done: () => void) => {
    failures.push(
      ...descriptions.flatMap(({ annotations }) =>
        annotations.map(({ type, message }) => `parser ${type}: ${message}`),
      ),
    )
    done()
  })
  emitter.on('end', (done: () => void) => done())
  emitter.on('test pass', (test: DreddTest) => report(test))
  emitter.on('test fail', (test: DreddTest) => report(test))
  emitter.on('test error', (error: Error, test: DreddTest) => report(test, error))

  const dredd = new Dredd({
    endpoint: url,
    path: [],
    apiDescriptions: [skeleton],
    emitter,
    hookfiles: [fileURLToPath(new URL('../../../dredd-hooks.cjs', import.meta.url))],
    custom: {
      cwd: process.cwd(),
      register(hooks) {
        registered = true
        hooks.beforeAll(
          safeHook(
            'beforeAll',
            (compiled) => expand(compiled, transactions),
            (_, error) => failures.push(error.message),
          ),
        )
        hooks.beforeEachValidation(
          safeHook(
            'beforeEachValidation',
            prepareValidation,
            (transaction, error) => (transaction.fail = error.message),
          ),
        )
      },
    },
    language: 'nodejs',
    loglevel: 'silent',
    reporter: [],
    http: { timeout: timeoutMs },
  })
  await new Promise<void>((resolve, reject) =>
    dredd.run((error) => (error ? reject(new DreddError(`Dredd: ${error.message}`)) : resolve())),
  )

  if (!registered) failures.push('the hook file was not loaded')
  if (failures.length) throw new DreddError(`Dredd: ${failures.join('; ')}`)
  const lost = transactions.length - reported.size
  if (lost) throw new DreddError(`Dredd: ${lost} of ${transactions.length} transactions have no result`)
}

/** Replaces what Dredd compiled from the skeleton by one transaction for each planned request, in place: Dredd goes on with this array. */
function expand(compiled: Transaction[], planned: PlannedTransaction[]): void {
  const skeletons = compiled.splice(0)
  for (const [scenario, transaction] of planned.entries()) {
    const skeleton = skeletons.find((candidate) => compiledFrom(candidate, transaction))
    if (!skeleton)
      throw new Error(`nothing compiled for ${transaction.method} ${transaction.skeletonPath} ${transaction.status}`)
    const { bodySchema, request } = transaction
    // Dredd has put the path of the base URL, if any, in front of the one in the skeleton.
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

function compiledFrom({ request, expected }: Transaction, planned: PlannedTransaction): boolean {
  return (
    request.method === planned.method &&
    request.uri === planned.skeletonPath &&
    expected.statusCode === planned.status &&
    expected.headers['Content-Type'] === planned.mediaType
  )
}

/** Parameters of a media type (`; charset=utf-8`) are no difference, and what was sent is no longer needed. */
function prepareValidation({ expected, real, request }: Transaction): void {
  request.body = ''
  const [wanted, actual] = [expected.headers['Content-Type'], real?.headers['content-type']]
  if (wanted && actual && essence(wanted) === essence(actual))
    expected.headers = { ...expected.headers, 'Content-Type': actual }
}

/** A media type without its parameters. */
export const essence = (mediaType: string): string => mediaType.split(';')[0]!.trim().toLowerCase()

const parts = { statusCode: 'status', headers: 'headers', body: 'body' } as const

function result({ startedAt = Date.now(), results, errors = [], actual }: DreddTest, error?: Error): DreddResult {
  const exchange = [...errors.map(({ message }) => message), ...(error ? [`no response: ${error.message}`] : [])]
  return {
    ms: Date.now() - startedAt,
    problems: [
      ...keys(parts).flatMap((field) =>
        (results?.fields?.[field]?.errors ?? []).map((fieldError) => problem(field, fieldError)),
      ),
      ...exchange.map((message): Problem => ({ judges: ['run'], part: 'exchange', message })),
    ],
    ...(actual && { response: { status: actual.statusCode, headers: actual.headers, body: actual.body ?? '' } }),
  }
}

function problem(field: keyof typeof parts, { message, location }: FieldError): Problem {
  return {
    judges: ['dredd'],
    part: parts[field],
    ...(field === 'body' && { pointer: location?.pointer ?? '' }),
    // The pointer that Gavel puts in front stands beside the message here.
    message: message
      .replace(/^At '.*?' /, '')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  }
}

const keys = <K extends string>(object: Record<K, unknown>) => Object.keys(object) as K[]
