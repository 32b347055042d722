import type { Contract, Operation, Schema } from '@livepeer-ai/openapi'
import type { Clips } from './audio/clips.ts'
import type { DriftFinding } from './drift-finding.ts'
import type { Exchange, SentRequest } from './exchange.ts'
import type { Credentials, RequestPlan } from './request-plan.ts'
import type { Resource } from './samples/find-resource.ts'
import type { Sample } from './samples/sample.ts'

/** Requirement level in the words of RFC 2119. */
export type Level = 'MUST' | 'SHOULD' | 'MAY'

/** Harm of a failure to a client that follows the contract. It decides the severity. */
export type Harm = 'wrong-data' | 'client-breaks' | 'security' | 'quality' | 'none'

/**
 * Names of the selections of checks.
 * `core` has every MUST check that is neither long nor unsafe.
 * `full` has every check except the long ones, `long` has every check.
 * `strict` is `full` with the strict overlay.
 */
export const profileNames = ['smoke', 'core', 'full', 'strict', 'browser', 'long', 'drift'] as const
export type ProfileName = (typeof profileNames)[number]

/**
 * A prerequisite. If it is missing, the check is SKIPPED; if an option forbids it, DISABLED.
 * `behavior`: a server that has data, hears speech and knows its tokens, unlike a mock.
 */
export type Need = 'token' | 'https' | 'unsafe' | 'live-description' | 'baseline' | 'behavior'

/** One requirement with the requests that test it and a judge of the exchanges. */
export interface Check {
  /** Area and number, for example `MP-06`. Stable. */
  id: string
  /** A claim about a conforming gateway: `A quoted boundary is accepted`. */
  title: string
  area: string
  harm: Harm
  /** Derived from the harm. */
  level: Level
  /** True for a harm that a client does not notice; derived from the harm. */
  critical: boolean
  /** Clause or document, for example `RFC 9110, section 15.5.6`. */
  source: string
  /** Additional profiles besides those of its level. */
  profiles?: readonly ProfileName[]
  needs?: readonly Need[]
  /** The operations that it is about; default: audio-to-text alone. */
  for?: Kind
  /** If set, each of its requests has a verdict of its own, so that some of them are enough. */
  isDivisible?: true
  /** If set, it is planned for the first of its operations only: one answer tells about all. */
  isShared?: true
  /** An instruction for the operator after a failure. */
  remediation: string
  /** Returns the requests; none for a check that reads the exchanges of the other checks. */
  plan: (context: Context) => readonly RequestPlan[]
  /**
   * Returns the findings; none if the check passes. Pure.
   * Gets its own exchanges in the order of the plan, or all exchanges if it has no plan.
   */
  judge: (exchanges: readonly Exchange[], context: Context) => readonly Finding[]
}

/** Validates a value against a schema of the contract, in the dialect of JSON Schema 2020-12. */
export type SchemaJudge = (schema: Schema, value: unknown) => SchemaProblem[]

export interface SchemaProblem {
  /** JSON Pointer into the value; empty for the whole value. */
  pointer: string
  keyword: string
  message: string
}

/** A check of a run with the requests that it sends. */
export interface PlannedCheck {
  check: Check
  /** The operation that it is planned for; absent if the run has only one. */
  subject?: Subject | undefined
  requests: SentRequest[]
  /** Reason why it does not run, with a remedy; absent if it runs. */
  hindrance?: { verdict: 'SKIPPED' | 'DISABLED' | 'BLOCKED'; reason: string } | undefined
}

/**
 * Kinds of operations. `any` is every operation, and `other` every one but audio-to-text.
 * `body` and `upload` have a request body; `multipart`, `form` and `json` have one of that media
 * type. `parameters` has parameters in the query or in headers, and `item` has one in the path.
 * `secured` and `guarded` require credentials. The first name of each pair includes audio-to-text.
 * The other kinds create, list, read, change or remove the items of a resource.
 */
export const kinds = [
  'audio-to-text',
  'any',
  'other',
  'body',
  'upload',
  'form',
  'multipart',
  'json',
  'parameters',
  'item',
  'secured',
  'guarded',
  'safe',
  'create',
  'list',
  'read',
  'change',
  'remove',
] as const
export type Kind = (typeof kinds)[number]

/** The operation that a check is about, with its valid request. */
export interface Subject {
  operation: Operation
  /** The parts of its valid request; absent for audio-to-text, whose samples are recordings. */
  sample?: Sample | undefined
  /** The operations on the same items. */
  resource?: Resource | undefined
  /** The operation that returns the file that it takes. */
  content?: Sample | undefined
  /** Returns a request that a conforming server carries out. */
  valid: (changes?: Partial<RequestPlan>) => RequestPlan
  /** Returns the valid request for changes that a conforming server rejects. */
  refused: (changes?: Partial<RequestPlan>) => RequestPlan
  /** Returns a request that a conforming server rejects because of its body. */
  invalid: (changes?: Partial<RequestPlan>) => RequestPlan
}

/** Everything besides the exchanges that checks depend on. */
export interface Context extends Subject {
  contract: Contract
  /** Returns the credentials that requests of an operation have, as placeholders. */
  credentialsOf: (operation: Operation) => Credentials
  clips: Clips
  /** Upload limit of the gateway in bytes. */
  maxBytes: number
  /** `none` for a gateway that requires no token. */
  authentication: 'required' | 'none'
  strict: boolean
  schemaJudge: SchemaJudge
  /** Drift of this run; absent before the comparison. */
  drift?: readonly DriftFinding[]
  /** Drift findings that the exchanges disprove, in words. */
  driftFault?: string | undefined
  /** Fingerprints of the drift in the run to compare with. */
  baseline?: ReadonlySet<string> | undefined
}

/** Parts of an exchange. */
export type Aspect = 'status' | 'headers' | 'body' | 'connection'

export interface Finding {
  severity: 'fail' | 'warn' | 'info' | 'inconclusive' | 'skip'
  /** The part of the exchange that is wrong; default: body. Only a deviation of it is an excuse. */
  about?: Aspect
  /** One line such as `saw 200, expected 415`, without values that vary between runs. */
  message: string
  exchange?: Exchange | undefined
  /** Class of drift. */
  driftClass?: string
  /** JSON Pointer into the description. */
  pointer?: string
}
