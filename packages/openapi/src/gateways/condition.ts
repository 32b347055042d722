import type { RequestFacts } from './request-facts.ts'

/** Tests by the dotted name of a fact, for example `files.audio.seconds`. All of them must pass. */
export type Condition = Readonly<Record<string, FactTest>>

/** A test of one fact. All its members must pass. An absent fact passes `absent: true` only. */
export interface FactTest {
  absent?: boolean
  /** The fact is one of these values. */
  enum?: readonly (string | number | boolean)[]
  /** The fact is a value other than these. */
  except?: readonly (string | number | boolean)[]
  /** The fact is a number greater than this. */
  over?: number
  /** The fact is a number less than this. */
  under?: number
  /** The fact is a string that matches this regular expression (ECMA-262). */
  pattern?: string
}

/** Returns true if the facts of a request meet a condition. */
export function meetsCondition(condition: Condition, exchange: RequestFacts): boolean {
  return Object.entries(condition).every(([name, test]) => passes(test, factOf(exchange, name)))
}

/**
 * Returns true if the facts of a request meet one of these conditions, in one of the states.
 * Without states, a condition that tests the state fails.
 */
export function meetsAny(
  conditions: readonly Condition[],
  facts: RequestFacts,
  states: readonly (string | undefined)[] = [facts.state],
): boolean {
  return states.some((state) => conditions.some((condition) => meetsCondition(condition, { ...facts, state })))
}

/** Returns the value of a fact by its dotted name. */
export function factOf(exchange: RequestFacts, name: string): unknown {
  return name
    .split('.')
    .reduce<unknown>(
      (node, key) => (typeof node === 'object' && node !== null ? Reflect.get(node, key) : undefined),
      exchange,
    )
}

function passes(test: FactTest, fact: unknown): boolean {
  if (fact === undefined) return test.absent === true
  return (
    test.absent !== true &&
    (test.enum?.some((value) => value === fact) ?? true) &&
    !(test.except?.some((value) => value === fact) ?? false) &&
    (test.over === undefined || (typeof fact === 'number' && fact > test.over)) &&
    (test.under === undefined || (typeof fact === 'number' && fact < test.under)) &&
    (test.pattern === undefined || (typeof fact === 'string' && new RegExp(test.pattern, 'u').test(fact)))
  )
}
