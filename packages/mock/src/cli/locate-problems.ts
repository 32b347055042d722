import type { MockEvent } from '../mock-options.ts'
import type { LogEvent } from './event-log.ts'
import { locatePointers } from './locate-pointer.ts'

type ProblemEvent = Extract<MockEvent, { type: 'problem' }>

/**
 * Returns a function that passes events on to `log`. Faults of the description get the line in
 * `file`; those of one moment are located together.
 */
export function locateProblems(file: string, log: (event: LogEvent) => void): (event: MockEvent) => void {
  let waiting: ProblemEvent[] = []
  const flush = async () => {
    const problems = waiting
    waiting = []
    const pointers = problems.map(({ pointer }) => pointer)
    const lines = await locatePointers(file, pointers).catch(() => new Map<string, number>())
    for (const problem of problems) log({ ...problem, file, line: lines.get(problem.pointer) })
  }
  return (event) => {
    if (event.type !== 'problem') return log(event)
    if (!waiting.length) setImmediate(() => void flush())
    waiting.push(event)
  }
}
