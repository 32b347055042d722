import { isOpen, listEvidence, type CheckResult, type Report } from '../../report.ts'

/** Harm of a failure by area. The empty key is for all other areas. */
const sentences: Record<CheckResult['harm'], Readonly<Record<string, string>>> = {
  'wrong-data': {
    '': 'Clients take an error for a success and do not notice.',
    fields: 'Clients get another result than they asked for and do not notice.',
    speech: 'Clients get the wrong words or the wrong times and do not notice.',
    transport: 'Clients get the words of other clients and do not notice.',
  },
  security: {
    '': 'Credentials, internals or the requests of others are exposed.',
    auth: 'Strangers can use the server, or credentials can leak.',
    errors: 'Errors reveal the internals of the server.',
    multipart: 'An attacker can reach files or the requests of others.',
  },
  'client-breaks': { '': 'Clients get an error, or a response that they cannot read.' },
  quality: { '': 'Clients work, but worse than they could.' },
  none: { '': 'Clients that follow the description are not harmed; other programs may be.' },
}

/** Returns the harm of a failed check to clients in one sentence. */
export function toHarmSentence(check: CheckResult, report: Report): string {
  const byArea = sentences[judgeHarm(check, report)]
  const sentence = byArea[check.area] ?? byArea[''] ?? ''
  return check.verdict === 'FLAKY' ? `Sometimes: ${sentence}` : sentence
}

/** Wrong data without a success is an error that the client notices. A warning harms less. */
function judgeHarm(check: CheckResult, { exchanges }: Report): CheckResult['harm'] {
  const { harm, verdict, findings } = check
  if (verdict === 'WARN' && harm !== 'none') return 'quality'
  const shown = new Set(findings.filter(isOpen).flatMap((finding) => listEvidence(check, finding)))
  const statuses = exchanges.filter(({ id }) => shown.has(id)).map(({ status = 0 }) => status)
  const isNoticed = statuses.length > 0 && statuses.every((status) => status < 200 || status > 299)
  return harm === 'wrong-data' && isNoticed ? 'client-breaks' : harm
}
