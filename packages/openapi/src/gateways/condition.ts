import type { RequestFacts } from './request-facts.ts'

/** Tests by the dotted name of a fact, for example `files.audio.seconds`. All of them must hold. */
export type Condition = Readonly<Record<string, FactTest>>

/** What must hold for one fact; with several members, all of them. A fact that is absent passes `absent: true` alone. */
export interface FactTest {
  absent?: boolean
  /** It is one of these. */
  enum?: readonly (string | number | boolean)[]
  /** It is none of these. */
  except?: readonly (string | number | boolean)[]
  /** It is a number greater than this. */
  over?: number
  /** It is a number less than this. */
  under?: number
  /** It is a string that matches this regular expression (ECMA-262). */
  pattern?: string
}

/** Whether a condition holds for an exchange. */
export function meetsCondition(condition: Condition, exchange: RequestFacts): boolean {
  return Object.entries(condition).every(([name, test]) => passes(test, factOf(exchange, name)))
}

function factOf(exchange: RequestFacts, name: string): unknown {
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
