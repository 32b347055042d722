import type { MockEvent } from '../start-mock.ts'

/** What the CLI tells of: what the mock tells of, and what the CLI does itself. */
export type LogEvent =
  | MockEvent
  | { type: 'ready'; url: string; operations: string[] }
  | { type: 'reloaded'; file: string; operations: string[] }
  | { type: 'not-reloaded'; file: string; reason: string }

export const logFormats = ['text', 'json'] as const

/** Writes events to stdout: as JSON all of them, one in a line; as text those that somebody who looks on should know of. */
export function eventLog(format: (typeof logFormats)[number]): (event: LogEvent) => void {
  if (format === 'json') return (event) => console.log(JSON.stringify({ time: new Date().toISOString(), ...event }))
  return (event) => {
    const line = (lines[event.type] as ((it: LogEvent) => string) | undefined)?.(event)
    if (line !== undefined) console.log(line)
  }
}

/** What the text says of each type of event; nothing of calls. */
const lines: { [type in LogEvent['type']]?: (event: Extract<LogEvent, { type: type }>) => string } = {
  ready: ({ url, operations }) => `livepeer-ai-mock is listening on ${url} (${operations.join(', ')})`,
  reloaded: ({ file, operations }) => `${file} has changed, and is served (${operations.join(', ')})`,
  'not-reloaded': ({ file, reason }) =>
    `${file} has changed and cannot be served; the last good one still is. ${reason}`,
  recorded({ method, path, status, ms, file, problems }) {
    const verdict = problems.length ? `not as documented: ${problems.join('; ')}` : 'as documented'
    return `${method} ${path} ${status} in ${ms} ms, ${verdict} (${file})`
  },
}
