import type { Contract, Operation, Schema } from '@livepeer-ai/openapi'
import type { Clips } from './audio/clips.ts'
import type { DriftFinding } from './drift-finding.ts'
import type { Exchange, SentRequest } from './exchange.ts'
import type { RequestPlan } from './request-plan.ts'

/** How binding the source of a check is, in the words of RFC 2119. */
export type Level = 'MUST' | 'SHOULD' | 'MAY'

/** A named selection of checks. `core`: all that is a MUST or critical; `full`: every check but the long ones; `strict`: `full`, and the strict overlay; `long`: every check. */
export const profileNames = ['smoke', 'core', 'full', 'strict', 'browser', 'long', 'drift'] as const
export type ProfileName = (typeof profileNames)[number]

/** What a run has to have for a check to be able to run; without it the check is SKIPPED, or DISABLED for what has to be allowed. */
export type Need = 'token' | 'https' | 'unsafe' | 'live-description' | 'baseline'

/** One requirement, how to provoke it, and how to judge what comes back. */
export interface Check {
  /** Area and number, for example `MP-06`. Stable. */
  id: string
  /** What a conforming gateway does, as a claim: `A quoted boundary is understood`. */
  title: string
  area: string
  level: Level
  /** Security, mixed-up data, a silent success or a server error: as grave as a MUST, whatever the level. */
  critical?: true
  /** Clause or document that it rests on, for example `RFC 9110, section 15.5.6`. */
  source: string
  /** An experimental check is reported and never fatal. */
  stability: 'stable' | 'experimental'
  /** Besides those that its level puts it in. */
  profiles?: readonly ProfileName[]
  needs?: readonly Need[]
  /** What an operator does about a failure. */
  remediation: string
  /** What to send; nothing for a check that reads the exchanges of the others. */
  plan: (context: Context) => readonly RequestPlan[]
  /** Pure. Gets its own exchanges in the order of the plan, or all of the run when it plans none. No finding: it passes. */
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
  requests: SentRequest[]
  /** Reason why it does not run, with a remedy; absent if it runs. */
  hindrance?: { verdict: 'SKIPPED' | 'DISABLED'; reason: string } | undefined
}

/** What checks may look at besides the exchanges. */
export interface Context {
  contract: Contract
  operation: Operation
  clips: Clips
  /** The upload limit of the gateway in bytes. */
  maxBytes: number
  /** Whether the gateway is meant to ask for a token. */
  authentication: 'required' | 'none'
  strict: boolean
  /** Validates a body against the schema that the contract has for this status. */
  schemaJudge: SchemaJudge
  /** What the contract, the gateway's own description and the answers of this run differ in; absent until that has been worked out. */
  drift?: readonly DriftFinding[]
  /** Fingerprints of the drift that there was in the run to compare with. */
  baseline?: ReadonlySet<string>
}

export interface Finding {
  severity: 'fail' | 'warn' | 'info' | 'inconclusive' | 'skip'
  /** What was seen beside what was owed, on one line, without values that vary between runs. */
  message: string
  exchange?: Exchange
  /** Class of the drift taxonomy, where there is one. */
  driftClass?: string
  /** JSON Pointer into the description. */
  pointer?: string
}
