import type { Problem } from '../calls/problem.ts'
import type { MockEvent } from '../mock-options.ts'

/** An event of the mock or of the command line. */
export type LogEvent =
  | Exclude<MockEvent, { type: 'problem' }>
  | ({ type: 'ready'; url: string; operations: string[] } & Openness)
  | { type: 'reloaded'; file: string; operations: string[] }
  | { type: 'not-reloaded'; file: string; reason: string }
  | ({ type: 'problem'; file: string; line: number | undefined } & Problem)

/** The clients that a mock is open to. */
interface Openness {
  /** Origins of pages that may send requests. */
  cors: '*' | readonly string[]
  /** True if `/__mock` is open to other machines. */
  isControlOpen: boolean
  /** True if callbacks are sent. */
  callbacks: boolean
}

export const logFormats = ['text', 'json'] as const

/** Returns a function that writes events to stdout: all as JSON, or unusual ones as text. */
export function createEventLog(format: (typeof logFormats)[number], isVerbose = false): (event: LogEvent) => void {
  if (format === 'json') return (event) => console.log(JSON.stringify({ time: new Date().toISOString(), ...event }))
  return (event) => {
    if (event.type !== 'call') console.log(formatEvent(event, isVerbose))
  }
}

function formatEvent(event: Exclude<LogEvent, { type: 'call' }>, isVerbose: boolean): string {
  if (event.type === 'ready')
    return `livepeer-ai-mock is listening on ${event.url} (${summarize(event.operations)}). ${formatOpenness(event)}${list(event.operations, isVerbose)}`
  if (event.type === 'reloaded')
    return `${event.file} has changed and is served (${summarize(event.operations)})${list(event.operations, isVerbose)}`
  if (event.type === 'not-reloaded')
    return `${event.file} has changed but cannot be served; the last good version stays. ${event.reason}`
  if (event.type === 'problem')
    return `${event.file}${event.line === undefined ? '' : `:${event.line}`}: ${event.message} (${event.pointer})`
  const { method, path, status, ms, file, problems } = event
  const verdict = problems.length ? `not as documented: ${problems.join('; ')}` : 'as documented'
  return `${method} ${path} ${status} in ${ms} ms, ${verdict} (${file})`
}

function summarize(operations: readonly string[]): string {
  return operations.length === 1 ? String(operations[0]) : `${operations.length} operations`
}

function list(operations: readonly string[], isVerbose: boolean): string {
  return isVerbose ? operations.map((operation) => `\n  ${operation}`).join('') : ''
}

function formatOpenness({ cors, isControlOpen, callbacks }: Openness): string {
  const pages = cors === '*' ? 'pages of any origin' : `pages of ${cors.join(', ')}`
  const control = isControlOpen ? 'any host' : 'this machine'
  return `Open to ${pages}, /__mock to ${control}.${callbacks ? ' Callbacks are sent.' : ''}`
}
