import type { Problem } from '../calls/problem.ts'
import type { MockEvent } from '../mock-options.ts'

/** An event of the mock or of the command line. */
export type LogEvent =
  | Exclude<MockEvent, { type: 'problem' }>
  | { type: 'ready'; url: string; operations: string[] }
  | { type: 'reloaded'; file: string; operations: string[] }
  | { type: 'not-reloaded'; file: string; reason: string }
  | ({ type: 'problem'; file: string; line: number | undefined } & Problem)

export const logFormats = ['text', 'json'] as const

/** Returns a function that writes events to stdout: all as JSON, or unusual ones as text. */
export function createEventLog(format: (typeof logFormats)[number]): (event: LogEvent) => void {
  if (format === 'json') return (event) => console.log(JSON.stringify({ time: new Date().toISOString(), ...event }))
  return (event) => {
    if (event.type !== 'call') console.log(formatEvent(event))
  }
}

function formatEvent(event: Exclude<LogEvent, { type: 'call' }>): string {
  if (event.type === 'ready') return `livepeer-ai-mock is listening on ${event.url} (${event.operations.join(', ')})`
  if (event.type === 'reloaded') return `${event.file} has changed and is served (${event.operations.join(', ')})`
  if (event.type === 'not-reloaded')
    return `${event.file} has changed but cannot be served; the last good version stays. ${event.reason}`
  if (event.type === 'problem')
    return `${event.file}${event.line === undefined ? '' : `:${event.line}`}: ${event.message} (${event.pointer})`
  const { method, path, status, ms, file, problems } = event
  const verdict = problems.length ? `not as documented: ${problems.join('; ')}` : 'as documented'
  return `${method} ${path} ${status} in ${ms} ms, ${verdict} (${file})`
}
