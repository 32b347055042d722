import type { Probe } from './probes.ts'
import { sendSteps, type ProbeAnswer } from './send-steps.ts'

/** The facts about the responses to a probe. Values that differ in each run are left out. */
export type Facts = Record<string, unknown>

const fleeting = new Set(['date', 'connection', 'keep-alive', 'content-length', 'transfer-encoding'])

/** Sends a probe and returns the facts about the responses. */
export async function observe(url: string, { connections, atOnce = false }: Probe, patience: number): Promise<Facts> {
  const answers: ProbeAnswer[] = []
  if (atOnce) answers.push(...(await Promise.all(connections.map((steps) => sendSteps(url, steps, patience)))))
  else for (const steps of connections) answers.push(await sendSteps(url, steps, patience))
  const ids: string[] = []
  return Object.fromEntries(
    answers.flatMap((answer, index) => {
      const prefix = answers.length > 1 ? `${index + 1}: ` : ''
      return Object.entries(factsOf(answer, ids)).map(([name, value]) => [`${prefix}${name}`, value])
    }),
  )
}

function factsOf({ end, statuses, headers, body, framing }: ProbeAnswer, ids: string[]): Facts {
  const facts: Facts = {
    ...(end !== 'closed' && { connection: end }),
    status: statuses.join(' ') || 'none',
    ...(/ and |,/.test(framing) && { framing }),
  }
  for (const [name, value] of headers) {
    if (fleeting.has(name)) continue
    const noted = name === 'x-request-id' ? ordinal(value, ids) : value
    const key = `header ${name}`
    facts[key] = key in facts ? [facts[key], noted] : noted
  }
  return { ...facts, body: parse(body) }
}

/** Replaces a request id with its number. */
function ordinal(id: string, ids: string[]): string {
  if (!ids.includes(id)) ids.push(id)
  return `#${ids.indexOf(id) + 1}`
}

/** Returns the value of a body in compact JSON; any other body stays text. */
function parse(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body)
    return JSON.stringify(value) === body ? value : body
  } catch {
    return body
  }
}

/** Returns a line for each fact that differs, with its values without and with the defect. */
export function findDifferences(clean: Facts, mutant: Facts): string[] {
  return compareFacts('', clean, mutant)
}

function compareFacts(place: string, clean: unknown, mutant: unknown): string[] {
  if (JSON.stringify(clean) === JSON.stringify(mutant)) return []
  if (!areAlike(clean, mutant) && place !== '') return [`${place}: ${format(clean)} → ${format(mutant)}`]
  const [one, other] = [clean as Facts, mutant as Facts]
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((name) =>
    compareFacts(place ? `${place}/${name}` : name, one[name], other[name]),
  )
}

/** Returns true for two objects or two arrays with the same keys. */
function areAlike(one: unknown, other: unknown): boolean {
  const isComposite = [one, other].every((value) => typeof value === 'object' && value !== null)
  return (
    isComposite &&
    Array.isArray(one) === Array.isArray(other) &&
    String(Object.keys(one!)) === String(Object.keys(other!))
  )
}

/** Returns the beginning and the end of a value in printable characters. */
function format(value: unknown): string {
  if (value === undefined) return '-'
  const text = JSON.stringify(value).replaceAll(/[^ -~]/g, '?')
  // The contract can grow.
  if (text.startsWith('{"openapi":')) return 'the description'
  return text.length > 90 ? `${text.slice(0, 60)} ⋯${text.length - 80}⋯ ${text.slice(-20)}` : text
}
