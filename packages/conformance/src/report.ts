import type { Harm, Level, ProfileName } from './check.ts'
import type { DriftFinding } from './drift-finding.ts'

/** Verdicts of checks. */
export const verdicts = [
  'PASS',
  'WARN',
  'FAIL',
  'FLAKY',
  'SKIPPED',
  'DISABLED',
  'BLOCKED',
  'KNOWN',
  'WAIVED',
  'STALE',
  'INCONCLUSIVE',
  'ERROR',
] as const
export type Verdict = (typeof verdicts)[number]

/** Counts the checks by verdict. Deviations and waivers without a use are STALE. */
export function countVerdicts(
  checks: readonly CheckResult[],
  deviations: Report['deviations'],
  waivers: Report['waivers'],
): Record<Verdict, number> {
  const count = (verdict: Verdict) => checks.filter((check) => check.verdict === verdict).length
  const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, count(verdict)])) as Record<Verdict, number>
  counts.STALE += waivers.stale.length + deviations.filter(({ state }) => state === 'stale').length
  return counts
}

/** The report of one run against one gateway: the content of `report.json`. */
export interface Report {
  /** Version of this format. The first number changes with incompatible changes. */
  schemaVersion: '1.0'
  suite: { name: string; version: string }
  contract: { title: string; version: string; sha256: string }
  target: {
    url: string
    /** Name of the gateway whose deviations are known: named, or the owner of the base URL. */
    gateway?: string
    gatewayTitle?: string
    /** A gateway that the responses resemble. It excuses nothing; the hint is one sentence. */
    resembles?: { gateway: string; hint: string }
  }
  run: {
    id: string
    profile: ProfileName
    startedAt: string
    ms: number
    node: string
    /** False if the run was interrupted or its budget was spent. */
    complete: boolean
    /** Number of transcripts in the responses to valid recordings; absent if none was sent. */
    transcripts?: number
    shard?: { index: number; total: number }
  }
  cost: { requests: number; audioSeconds: number; bytesSent: number; usd: number; budget?: string }
  counts: Record<Verdict, number>
  /** The exit code and its meaning in words. */
  conclusion: { exitCode: number; text: string }
  /**
   * Ids of everything that fails the run, the most harmful first: of checks, scenarios, deviations
   * and waivers (`waiver-ID`), and fingerprints of drift.
   */
  failures: string[]
  checks: CheckResult[]
  /** Summary of the contract lane; absent if it was not requested. */
  contractLane?: {
    verdict: 'PASS' | 'FAIL' | 'DISABLED' | 'ERROR'
    note?: string
    pass: number
    fail: number
    known: number
    notProvoked: number
    /** The scenarios that failed; their exchanges are among those of the report. */
    failures: CheckResult[]
    /** For another API: one result for each documented response, SKIPPED if it was not provoked. */
    results?: CheckResult[]
  }
  /** The known differences of the gateway. */
  deviations: ReportedDeviation[]
  drift: DriftFinding[]
  waivers: { applied: string[]; stale: string[]; expired: string[] }
  exchanges: ReportedExchange[]
}

export interface ReportedDeviation {
  id: string
  summary: string
  /** `stale` if it did not show although it had to. */
  state: 'known' | 'stale' | 'not exercised'
  /** Page where it is tracked. */
  url?: string
  /** Advice to clients. */
  workaround: string
  /** Number of exchanges that show it. */
  exchanges: number
}

export interface CheckResult {
  id: string
  /** The operationId, in a run with several operations. */
  operation?: string
  title: string
  area: string
  level: Level
  critical: boolean
  /** Harm of a failure to a client that follows the contract. */
  harm: Harm
  source: string
  verdict: Verdict
  /** Reasons for the verdict; empty for a plain PASS. */
  findings: ReportedFinding[]
  remediation: string
  /** Ids of its exchanges. */
  exchanges: string[]
  ms: number
}

export interface ReportedFinding {
  severity: 'fail' | 'warn' | 'info' | 'inconclusive' | 'skip'
  message: string
  /** Hash of check, class, place and message; the same in every run. */
  fingerprint: string
  exchange?: string
  driftClass?: string
  /** JSON Pointer into the description. */
  pointer?: string
  /** The deviation that explains it, with the page where it is tracked. */
  known?: { id: string; url?: string }
  waiver?: { reason: string; owner: string; expires: string }
}

/** An exchange for readers: without secrets, and with bodies of at most 2,000 characters. */
export interface ReportedExchange {
  id: string
  method: string
  url: string
  requestHeaders: [string, string][]
  requestBytes: number
  /** Text of the body, without the bytes of files. */
  requestBody: string
  status?: number
  reason?: string
  responseHeaders?: [string, string][]
  responseBytes?: number
  responseBody?: string
  failure?: string
  startedAt: string
  ms: number
  /**
   * Command that sends it again, with `$TOKEN` for the token, and with files beside the report.
   * Absent if curl cannot send it, and for an upload that shows no finding.
   */
  curl?: string
  /** Command of this suite that sends it again, for a finding that curl cannot send. */
  replay?: string
}

/** Returns the name of a result: its check, and its operation in a run with several. */
export const nameOf = ({ id, operation }: { id: string; operation?: string | undefined }): string =>
  operation === undefined ? id : `${id}@${operation}`

/** Returns true for a complaint that neither a deviation nor a waiver excuses. */
export const isOpen = ({ severity, known, waiver }: ReportedFinding): boolean =>
  (severity === 'fail' || severity === 'warn') && !known && !waiver

/** Returns the ids of the exchanges that show a finding, at most three. */
export const listEvidence = ({ exchanges }: CheckResult, { exchange }: ReportedFinding): string[] =>
  exchange === undefined ? exchanges.slice(0, 3) : [exchange]
