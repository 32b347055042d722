import { findGateway } from '@livepeer-ai/openapi/gateways'
import type { PlannedCheck } from '../check.ts'
import { nameOf } from '../report.ts'
import { planSuite } from '../run/plan-suite.ts'
import { addCosts, costOf, usdPerSecond } from '../wire/cost.ts'
import type { Command } from './input/command.ts'
import { toSuiteOptions, textOf, urlOf } from './input/options.ts'
import { runOptions } from './run.ts'

export const plan: Command = {
  synopsis: '[--url URL] [options]',
  summary: 'show what a run would send and cost; sends nothing',
  options: runOptions,
  async run(values) {
    const options = await toSuiteOptions(values, urlOf(textOf(values, 'url') ?? 'http://gateway.example'))
    const gateway = options.gateway && options.gateway !== 'none' ? findGateway(options.gateway) : undefined
    const { checks, distinct, laneCost, laneHindrance } = await planSuite(options, gateway)
    printSamples(checks)
    const isOther = options.api !== undefined
    for (const planned of checks) printCheck(planned)
    const lane = laneCost ? (isOther ? 'judges' : `${laneCost.audioSeconds.toFixed(2)} s`) : laneHindrance && 'DISABLED'
    const about = isOther ? 'The contract lane: every documented response' : 'The contract lane (upper bound)'
    if (lane) console.log(`\n${(isOther ? 'Lane' : 'Dredd').padEnd(6)} ${lane.padEnd(8)} ${laneHindrance ?? about}`)
    const cost = addCosts(costOf(distinct), ...(laneCost ? [laneCost] : []))
    const audio = isOther ? '' : `${cost.audioSeconds} s of audio, `
    const price = isOther ? '' : `, ${cost.usd.toFixed(6)} USD at ${usdPerSecond} USD per second`
    console.log(
      `\n${checks.length} checks, ${cost.requests} requests, ${audio}${(cost.bytesSent / 1e6).toFixed(1)} MB${price}.`,
    )
    console.log('A request that several checks need is sent once. The requests of a failed check are repeated once.')
    return 0
  },
}

function printCheck({ check, subject, requests, hindrance }: PlannedCheck): void {
  const { audioSeconds } = costOf(requests)
  const usual = subject ? `sends ${requests.length}` : audioSeconds ? `${audioSeconds.toFixed(2)} s` : 'free'
  const cost = requests.length > 0 ? usual : 'judges'
  const name = nameOf({ id: check.id, operation: subject?.operation.operationId })
  const reason = hindrance ? `: ${hindrance.reason}` : ''
  console.log(`${name.padEnd(6)} ${(hindrance ? hindrance.verdict : cost).padEnd(8)} ${check.title}${reason}`)
}

/** Prints the valid request of each operation of another API. */
function printSamples(checks: readonly PlannedCheck[]): void {
  const subjects = new Map(checks.flatMap(({ subject }) => (subject?.sample ? [[subject.operation, subject]] : [])))
  for (const [{ operationId, method }, { valid, sample }] of subjects) {
    const { target, body } = valid()
    const text = body && 'bytes' in body ? `  ${Buffer.from(body.bytes).toString('utf8', 0, 200)}` : ''
    console.log(
      `${operationId}: ${method} ${target}${text}\n  from the ${sample?.origin}${sample?.problem ? `; ${sample.problem}` : ''}`,
    )
  }
  if (subjects.size > 0) console.log()
}
