import type { MockEvent } from './start-mock.ts'

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
    const line = text(event)
    if (line !== undefined) console.log(line)
  }
}

function text(event: LogEvent): string | undefined {
  switch (event.type) {
    case 'ready':
      return `livepeer-ai-mock is listening on ${event.url} (${event.operations.join(', ')})`
    case 'reloaded':
      return `${event.file} has changed, and is served (${event.operations.join(', ')})`
    case 'not-reloaded':
      return `${event.file} has changed and cannot be served; the last good one still is. ${event.reason}`
    case 'recorded': {
      const verdict = event.problems.length ? `not as documented: ${event.problems.join('; ')}` : 'as documented'
      return `${event.method} ${event.path} ${event.status} in ${event.ms} ms, ${verdict} (${event.file})`
    }
    case 'call':
      return undefined
  }
}
