import type { DriftFinding } from '../drift-finding.ts'
import {
  countVerdicts,
  verdicts,
  type CheckResult,
  type Report,
  type ReportedExchange,
  type Verdict,
} from '../report.ts'

/** Returns a report with every verdict, every optional field, and text that has to be escaped. */
export function sampleReport(changes: Partial<Report> = {}): Report {
  const checks = changes.checks ?? sampleChecks
  return {
    schemaVersion: '1.0',
    suite: { name: '@livepeer-ai/conformance', version: '1.2.3' },
    contract: { title: 'Livepeer AI Runner', version: '0.0.0', sha256: '5f1d'.repeat(16) },
    target: sampleTarget,
    run: sampleRun,
    cost: { requests: 42, audioSeconds: 31.5, bytesSent: 1_234_567, usd: 0.00063, budget: '0.01usd' },
    counts: countSampleVerdicts(checks),
    conclusion: {
      exitCode: 70,
      text: 'does not conform: MP-06, TR-02 (flaky); contract lane: CT-422a; not fully judged: ER-01 failed, a fault of this suite',
    },
    checks,
    failures: ['MP-06', 'TR-02', 'CT-422a', 'ER-01'],
    contractLane: { verdict: 'FAIL', pass: 14, fail: 1, known: 0, notProvoked: 1, failures: [laneFailure] },
    deviations: sampleDeviations,
    drift: [sampleDrift, undocumentedStatus],
    waivers: { applied: ['MP-07'], stale: ['HD-02'], expired: ['CN-03'] },
    exchanges: sampleExchanges,
    ...changes,
  }
}

/** Counts the checks by verdict, without deviations and waivers. */
export const countSampleVerdicts = (checks: readonly CheckResult[]): Record<Verdict, number> =>
  countVerdicts(checks, [], { applied: [], stale: [], expired: [] })

const sampleTarget: Report['target'] = {
  url: 'https://quiet-hill.example/ai',
  gateway: 'quiet-hill',
  gatewayTitle: 'Quiet <Hill>',
  resembles: { gateway: 'quiet-hill', hint: 'looks like Quiet <Hill> (7 of 7 deviations): run again' },
}

const sampleRun: Report['run'] = {
  id: 'a1b2c3d4',
  profile: 'core',
  startedAt: '2026-11-22T12:00:00.000Z',
  ms: 12_345,
  node: '24.21.0',
  complete: true,
  shard: { index: 1, total: 4 },
}

const operation = '/paths/~1audio-to-text/post'

export const sampleDrift: DriftFinding = {
  class: 'response-became-nullable',
  severity: 'breaking',
  pointer: `${operation}/responses/200/content/application~1json/schema/properties/chunks`,
  message: 'may be null',
  status: '200',
  seenIn: ['description', 'answers'],
  verdict: 'other-version',
  samples: 7,
  examples: ['null'],
  fingerprint: 'd1'.repeat(32),
  changes: [],
  firstSeen: '2026-11-20T00:00:00.000Z',
}

const undocumentedStatus: DriftFinding = {
  class: 'undocumented-error-status',
  severity: 'breaking',
  pointer: `${operation}/responses/503`,
  message: '503 is not documented',
  status: '503',
  seenIn: ['answers'],
  verdict: 'implementation',
  samples: 1,
  examples: [],
  fingerprint: 'd2'.repeat(32),
  changes: [],
}

const samples: Record<Verdict, [id: string, title: string, area: string, finding?: string]> = {
  PASS: ['RT-01', 'The operation is found under the base URL', 'routing'],
  WARN: ['HD-04', 'An answer says how it may be cached', 'headers', 'Cache-Control is missing'],
  FAIL: [
    'MP-06',
    'A quoted boundary is understood',
    'multipart',
    'answered 400 instead of 200: <no "boundary"> & more',
  ],
  FLAKY: ['TR-02', 'Two requests at the same time both get their answer', 'transport', 'answered 500, then 200'],
  SKIPPED: ['TR-09', 'HTTP redirects to HTTPS', 'transport', 'the base URL is not https'],
  DISABLED: ['MD-12', 'A recording over the limit is refused', 'media', 'needs --unsafe'],
  BLOCKED: ['SE-03', 'Word times grow', 'speech', 'blocked by RS-01'],
  KNOWN: ['ME-02', 'GET is answered 405', 'method', 'answered 200 with an empty body'],
  WAIVED: ['MP-07', 'A preamble is skipped', 'multipart', 'answered 422'],
  STALE: ['AU-05', 'The scheme is read in any case', 'auth', 'quiet-hill/bearer-case no longer happens'],
  INCONCLUSIVE: ['FV-05', 'An unknown timestamp mode is refused', 'fields', 'answered 429'],
  ERROR: ['ER-01', 'Errors come in the documented envelope', 'errors', 'the judge threw TypeError\u0000'],
}

const severities: Partial<Record<Verdict, CheckResult['findings'][number]['severity']>> = {
  WARN: 'warn',
  FLAKY: 'warn',
  SKIPPED: 'skip',
  DISABLED: 'skip',
  BLOCKED: 'skip',
  STALE: 'info',
  INCONCLUSIVE: 'inconclusive',
}

const toSampleCheck = (verdict: Verdict, index = 0): CheckResult => {
  const [id, title, area, message] = samples[verdict]
  return {
    id,
    title,
    area,
    level: verdict === 'WARN' ? 'SHOULD' : 'MUST',
    critical: verdict === 'KNOWN',
    harm: verdict === 'WARN' ? 'quality' : 'client-breaks',
    source: 'RFC 2046, section 5.1.1',
    verdict,
    findings: message
      ? [
          {
            severity: severities[verdict] ?? 'fail',
            message,
            fingerprint: index.toString(16).repeat(64),
            ...(verdict === 'FAIL' && {
              exchange: 'e2',
              pointer: `${operation}/requestBody`,
              driftClass: 'status-swap',
            }),
            ...(verdict === 'KNOWN' && {
              known: { id: 'quiet-hill/silent-200-on-get', url: 'https://github.com/quiet-hill/gateway/issues/7' },
            }),
            ...(verdict === 'WAIVED' && {
              waiver: { reason: 'fixed in the next release', owner: 'ops', expires: '2027-01-31' },
            }),
          },
        ]
      : [],
    remediation: 'Read the boundary parameter with a parser of media types; it may be quoted.',
    exchanges: verdict === 'FAIL' ? ['e1', 'e2'] : [],
    ms: index * 10,
  }
}

const laneFailure: CheckResult = {
  ...toSampleCheck('FAIL'),
  id: 'CT-422a',
  title: 'no recording, expected 422',
  area: 'genAudioToText 422',
  findings: [
    { severity: 'fail', message: 'status: expected 422, saw 200 [dredd]', fingerprint: 'c7'.repeat(8), exchange: 'e3' },
  ],
  remediation: 'Answer as documented, or document the answer.',
  exchanges: ['e3'],
}

const sampleDeviations: Report['deviations'] = [
  {
    id: 'quiet-hill/silent-200-on-get',
    summary: 'GET gets 200 with an empty body.',
    state: 'known',
    url: 'https://github.com/quiet-hill/gateway/issues/7',
    workaround: 'Send POST only.',
    exchanges: 3,
  },
  {
    id: 'quiet-hill/bearer-case',
    summary: 'A scheme in lower case gets 401.',
    state: 'stale',
    workaround: 'Send Bearer.',
    exchanges: 0,
  },
]

export const sampleCheck: CheckResult = toSampleCheck('PASS')

const sampleChecks = verdicts.map(toSampleCheck)

const sampleExchanges: ReportedExchange[] = [
  {
    id: 'e1',
    method: 'POST',
    url: 'https://quiet-hill.example/ai/audio-to-text?trace=1&a=b',
    requestHeaders: [
      ['Authorization', 'Bearer {token}'],
      ['Content-Type', 'multipart/form-data; boundary=b'],
    ],
    requestBytes: 20_107,
    requestBody:
      '--b\r\nContent-Disposition: form-data; name="audio"; filename="a.wav"\r\n\r\n[20000 bytes]\r\n--b--\r\n',
    status: 200,
    reason: 'OK',
    responseHeaders: [
      ['Content-Type', 'application/json'],
      ['Set-Cookie', 'session=very-secret'],
    ],
    responseBytes: 26,
    responseBody: '{"text":"</script><b>hi"}\n',
    startedAt: '2026-11-22T12:00:01.000Z',
    ms: 210,
    curl: `curl -H "Authorization: Bearer $TOKEN" -F audio=@a.wav 'https://quiet-hill.example/ai/audio-to-text'`,
  },
  {
    id: 'e2',
    method: 'POST',
    url: 'https://quiet-hill.example/ai/audio-to-text',
    requestHeaders: [['Content-Type', 'multipart/form-data; boundary="b"']],
    requestBytes: 20_109,
    requestBody: '--b--',
    failure: 'no answer within 10 s',
    startedAt: '2026-11-22T12:00:02.000Z',
    ms: 10_000,
    curl: `curl -H 'Content-Type: multipart/form-data; boundary="b"' --data-binary @body 'https://quiet-hill.example/ai/audio-to-text'`,
  },
  {
    id: 'e3',
    method: 'POST',
    url: 'https://quiet-hill.example/ai/audio-to-text',
    requestHeaders: [['content-type', 'application/x-www-form-urlencoded']],
    requestBytes: 0,
    requestBody: '',
    status: 200,
    responseHeaders: [['content-type', 'application/json']],
    responseBytes: 2,
    responseBody: '{}',
    startedAt: '2026-11-22T12:00:03.000Z',
    ms: 3,
    curl: `curl -i https://quiet-hill.example/ai/audio-to-text --data-raw ''`,
  },
]
