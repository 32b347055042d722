import { dirname, join } from 'node:path'
import { tokensOf, toPointer } from '@livepeer-ai/openapi'
import type { MockEvent } from '../mock-options.ts'
import { extension } from './documents/bundle-documents.ts'
import type { LogEvent } from './event-log.ts'
import { locatePointers } from './locate-pointer.ts'
import { isUrl } from './read-spec.ts'

type ProblemEvent = Extract<MockEvent, { type: 'problem' }>

/**
 * Returns a function that passes events on to `log`. Faults of the description get the line in
 * `file`; those of one moment are located together.
 */
export function locateProblems(file: string, log: (event: LogEvent) => void): (event: MockEvent) => void {
  let waiting: ProblemEvent[] = []
  const flush = async () => {
    const problems = waiting.map((problem) => ({ ...problem, ...findDocument(file, problem.pointer) }))
    waiting = []
    const lines = new Map<string, Map<string, number>>()
    for (const name of new Set(problems.map((problem) => problem.file))) {
      const pointers = problems.filter((problem) => problem.file === name).map(({ pointer }) => pointer)
      lines.set(name, await locatePointers(name, pointers).catch(() => new Map<string, number>()))
    }
    for (const problem of problems) log({ ...problem, line: lines.get(problem.file)?.get(problem.pointer) })
  }
  return (event) => {
    if (event.type !== 'problem') return log(event)
    if (!waiting.length) setImmediate(() => void flush())
    waiting.push(event)
  }
}

/** Returns the file of a place in a bundle, and the pointer within that file. */
function findDocument(main: string, pointer: string): { file: string; pointer: string } {
  const [root, name, ...rest] = tokensOf(pointer)
  if (root !== extension || name === undefined) return { file: main, pointer }
  return { file: isUrl(name) ? name : join(dirname(main), name), pointer: toPointer(rest) }
}
