import type { Report } from '../../report.ts'

/** Lists the facts about a run. */
export function listFacts(report: Report): [term: string, value: string][] {
  const { target, run, contract, suite, contractLane, deviations } = report
  const idle = deviations.filter(({ state }) => state === 'not exercised').map(({ id }) => id)
  const shard = run.shard ? `, shard ${run.shard.index} of ${run.shard.total}` : ''
  const facts: [string, string | undefined][] = [
    ['Base URL', target.url],
    ['Contract', [contract.title, contract.version, contract.sha256.slice(0, 12)].filter(Boolean).join(' ')],
    [
      'Run',
      `profile ${run.profile}${shard}, ${run.startedAt}, ${(run.ms / 1000).toFixed(1)} s${run.complete ? '' : ', incomplete'}`,
    ],
    ['Cost', formatCost(report)],
    ['Contract lane', contractLane && formatLane(contractLane)],
    ['Deviations not exercised', idle.join(', ')],
    ['Suite', `${suite.name} ${suite.version}, Node.js ${run.node}, run ${run.id}`],
  ]
  return facts.filter((fact): fact is [string, string] => Boolean(fact[1]))
}

/** Formats the cost of a run, or the number of recorded exchanges. */
export function formatCost({ cost, exchanges, checks }: Report): string {
  if (cost.requests === 0) return `${exchanges.length} recorded exchanges, nothing sent`
  if (checks.some(({ operation }) => operation !== undefined)) return `${cost.requests} requests`
  return `${cost.requests} requests, ${cost.audioSeconds} s of audio (${cost.usd.toFixed(6)} USD)${cost.budget ? ` of ${cost.budget}` : ''}`
}

/** Formats the outcome of the contract lane. */
export function formatLane({
  verdict,
  note,
  pass,
  fail,
  known,
  notProvoked,
}: NonNullable<Report['contractLane']>): string {
  const outcome =
    verdict === 'DISABLED'
      ? verdict
      : `${verdict}: ${pass} as documented, ${fail} failed, ${known} known, ${notProvoked} not provoked`
  return note === undefined ? outcome : `${outcome}: ${note}`
}
