import { exchange, type Answer } from './exchange.ts'
import type { Probe } from './probes.ts'

/** What a probe found, fact by fact. What differs from one run to the next is not among them. */
export type Facts = Record<string, unknown>

const fleeting = new Set(['date', 'connection', 'keep-alive', 'content-length', 'transfer-encoding'])

/** Sends what the probe says, and notes what comes back. */
export async function observe(url: string, { connections, atOnce = false }: Probe, patience: number): Promise<Facts> {
  const answers: Answer[] = []
  if (atOnce) answers.push(...(await Promise.all(connections.map((steps) => exchange(url, steps, patience)))))
  else for (const steps of connections) answers.push(await exchange(url, steps, patience))
  const ids: string[] = []
  return Object.fromEntries(
    answers.flatMap((answer, index) => {
      const prefix = answers.length > 1 ? `${index + 1}: ` : ''
      return Object.entries(factsOf(answer, ids)).map(([name, value]) => [`${prefix}${name}`, value])
    }),
  )
}

function factsOf({ end, statuses, headers, body, framing }: Answer, ids: string[]): Facts {
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

/** Request ids are told apart, and not told. */
function ordinal(id: string, ids: string[]): string {
  if (!ids.includes(id)) ids.push(id)
  return `#${ids.indexOf(id) + 1}`
}

/** The value of a body that is written as this project writes JSON; the text of any other. */
function parse(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body)
    return JSON.stringify(value) === body ? value : body
  } catch {
    return body
  }
}

/** What differs, a line for each fact: its name, what it is without and with the defect. */
export function difference(clean: Facts, mutant: Facts): string[] {
  return differingFacts('', clean, mutant)
}

function differingFacts(place: string, clean: unknown, mutant: unknown): string[] {
  if (JSON.stringify(clean) === JSON.stringify(mutant)) return []
  if (!areAlike(clean, mutant) && place !== '') return [`${place}: ${show(clean)} → ${show(mutant)}`]
  const [one, other] = [clean as Facts, mutant as Facts]
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((name) =>
    differingFacts(place ? `${place}/${name}` : name, one[name], other[name]),
  )
}

/** Two objects, or two lists, of the same properties. */
function areAlike(one: unknown, other: unknown): boolean {
  const isComposite = [one, other].every((value) => typeof value === 'object' && value !== null)
  return (
    isComposite &&
    Array.isArray(one) === Array.isArray(other) &&
    String(Object.keys(one!)) === String(Object.keys(other!))
  )
}

/** The beginning and the end of a value, in printable characters. */
function show(value: unknown): string {
  if (value === undefined) return '-'
  const text = JSON.stringify(value).replaceAll(/[^ -~]/g, '?')
  return text.length > 90 ? `${text.slice(0, 60)} ⋯${text.length - 80}⋯ ${text.slice(-20)}` : text
}
