import type { Level, ProfileName } from './check.ts'
import type { DriftFinding } from './drift-finding.ts'

/** What became of a check. */
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

/** How many checks have each verdict; known deviations and waivers that nobody needs any more are STALE. */
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

/** The report of one run against one gateway: what `report.json` holds, and all that the other formats are made from. */
export interface Report {
  /** Version of this format; what a reader must understand is in its first number. */
  schemaVersion: '1.0'
  suite: { name: string; version: string }
  contract: { title: string; version: string; sha256: string }
  target: {
    url: string
    /** Name of the gateway's overlay, where one was named or recognised. */
    gateway?: string
    gatewayTitle?: string
    /** How the gateway was recognised. */
    recognisedBy?: string
  }
  run: {
    id: string
    profile: ProfileName
    startedAt: string
    ms: number
    node: string
    /** False when the run was interrupted or its budget was spent. */
    complete: boolean
    shard?: { index: number; total: number }
  }
  cost: { requests: number; audioSeconds: number; bytesSent: number; usd: number; budget?: string }
  counts: Record<Verdict, number>
  /** What the exit code says, in words. */
  conclusion: { exitCode: number; text: string }
  checks: CheckResult[]
  /** The Dredd lane; absent when it was not asked for. */
  contractLane?: {
    verdict: 'PASS' | 'FAIL' | 'DISABLED' | 'ERROR'
    note?: string
    pass: number
    fail: number
    known: number
    notProvoked: number
  }
  /** The known differences of the gateway: met in this run, or no longer there where they had to show. */
  deviations: { id: string; summary: string; state: 'known' | 'stale' | 'not exercised'; url?: string }[]
  drift: DriftFinding[]
  waivers: { applied: string[]; stale: string[]; expired: string[] }
  exchanges: ReportedExchange[]
}

export interface CheckResult {
  id: string
  title: string
  area: string
  level: Level
  critical: boolean
  stability: 'stable' | 'experimental'
  source: string
  verdict: Verdict
  /** Why it is what it is, one line each; none for a plain PASS. */
  findings: ReportedFinding[]
  remediation: string
  /** Ids of its exchanges. */
  exchanges: string[]
  ms: number
}

export interface ReportedFinding {
  severity: 'fail' | 'warn' | 'info' | 'inconclusive' | 'skip'
  message: string
  /** Stable over runs: hash of check, class, place and shape. */
  fingerprint: string
  exchange?: string
  driftClass?: string
  /** JSON Pointer into the description. */
  pointer?: string
  /** The deviation of the gateway's overlay that it is, with the page where it is tracked. */
  known?: { id: string; url?: string }
  waiver?: { reason: string; owner: string; expires: string }
}

/** An exchange as shown to people: secrets are cut, bodies are at most 2,000 characters long. */
export interface ReportedExchange {
  id: string
  method: string
  url: string
  requestHeaders: [string, string][]
  requestBytes: number
  /** The body where it is text, with the bytes of files left out. */
  requestBody: string
  status?: number
  reason?: string
  responseHeaders?: [string, string][]
  responseBytes?: number
  responseBody?: string
  failure?: string
  startedAt: string
  ms: number
  /** A command that sends it again, with `$TOKEN` in place of the token; absent for what curl cannot send. */
  curl?: string
}
