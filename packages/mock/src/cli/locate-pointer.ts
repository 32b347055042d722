import { readFile } from 'node:fs/promises'
import { tokensOf } from '@livepeer-ai/openapi'
import { EVENT_ID, getScalarValue, parseEvents, type Event } from 'js-yaml'

/**
 * Returns the line of each value in a JSON or YAML file, by its JSON Pointer. Reads the file again,
 * so that nothing is kept for documents without faults.
 */
export async function locatePointers(file: string, pointers: readonly string[]): Promise<Map<string, number>> {
  const text = await readFile(file, 'utf8')
  const events = parseEvents(text, { maxDepth: 1000 })
  return new Map(pointers.map((pointer) => [pointer, countLines(text, findStart(text, events, tokensOf(pointer)))]))
}

/** Returns the offset of the value, or of the nearest value around it. */
function findStart(text: string, events: readonly Event[], path: readonly string[]): number {
  let at = events.findIndex(({ type }) => type !== EVENT_ID.DOCUMENT)
  let start = startOf(events[at])
  for (const token of path) {
    const child = findChild(text, events, at, token)
    if (child === undefined) break
    start = child.start
    at = child.at
  }
  return start
}

/** Returns the index of the value of a key, and the offset of the key. */
function findChild(text: string, events: readonly Event[], parent: number, token: string) {
  const { type } = events[parent] ?? {}
  if (type !== EVENT_ID.MAPPING && type !== EVENT_ID.SEQUENCE) return undefined
  let index = 0
  for (let at = parent + 1; events[at] && events[at]?.type !== EVENT_ID.POP; index++) {
    const value = type === EVENT_ID.MAPPING ? skip(events, at) : at
    const key = events[at]
    const name =
      type === EVENT_ID.SEQUENCE ? String(index) : key?.type === EVENT_ID.SCALAR ? getScalarValue(text, key) : ''
    if (name === token) return { at: value, start: startOf(key) }
    at = skip(events, value)
  }
  return undefined
}

/** Returns the index after the node at an index. */
function skip(events: readonly Event[], at: number): number {
  let depth = 0
  for (let next = at; ; next++) {
    const { type } = events[next] ?? {}
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth++
    if (type === EVENT_ID.POP || type === undefined) depth--
    if (depth <= 0) return next + 1
  }
}

function startOf(event: Event | undefined): number {
  if (event?.type === EVENT_ID.SCALAR) return event.valueStart
  return event?.type === EVENT_ID.MAPPING || event?.type === EVENT_ID.SEQUENCE ? event.start : 0
}

function countLines(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
