/**
 * The facts of one exchange that conditions are about: those of the request, and what else is known of the gateway.
 * A fact that is not stated counts as absent.
 */
export interface Exchange {
  /** Upper case. */
  method?: string
  /** Relative to the gateway's base URL, for example `/audio-to-text`. */
  path?: string
  /** The media type of the request body, without parameters. */
  mediaType?: string
  /** Whether the body's parts can be told apart: the content type names a boundary and the body uses it. */
  boundary?: boolean
  token?: 'none' | 'wrong' | 'right'
  /** The scheme of the `Authorization` header, in lower case. */
  scheme?: string
  /** The `Origin` header that a browser sends. */
  origin?: string
  /** Text parts by name. */
  fields?: Record<string, string>
  /** File parts by name. */
  files?: Record<string, FileFacts>
  /** Whether there is a part that the contract does not name. */
  unknownPart?: boolean
  /** The status that the gateway answers with, deviations aside. */
  status?: number
  /** What a request does not show: something that holds on the gateway's side, for example `no-orchestrator`. */
  state?: string
}

export interface FileFacts {
  bytes?: number
  seconds?: number
  /** In lower case, for example `wav`. */
  container?: string
  /** Whether there is sound in it that a decoder can get at. */
  decodable?: boolean
}

/** Tests by the dotted name of a fact, for example `files.audio.seconds`. All of them must hold. */
export type Condition = Readonly<Record<string, Test>>

/** What must hold for one fact; with several members, all of them. A fact that is absent passes `absent: true` alone. */
export interface Test {
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
export function holds(condition: Condition, exchange: Exchange): boolean {
  return Object.entries(condition).every(([name, test]) => passes(test, factOf(exchange, name)))
}

function factOf(exchange: Exchange, name: string): unknown {
  return name
    .split('.')
    .reduce<unknown>(
      (node, key) => (typeof node === 'object' && node !== null ? Reflect.get(node, key) : undefined),
      exchange,
    )
}

function passes(test: Test, fact: unknown): boolean {
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
