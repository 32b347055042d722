import { UsageError } from '@livepeer-ai/openapi/command-line'
import { gateways, listDeviations } from '@livepeer-ai/openapi/gateways'
import { catalogue } from '../catalogue/index.ts'
import type { SentRequest } from '../exchange.ts'
import { planSuite } from '../run/plan-suite.ts'
import { costOf } from '../wire/cost.ts'
import { toCurl } from '../wire/to-curl.ts'
import { toRequestText } from '../wire/to-reported-exchange.ts'
import type { Command } from './input/command.ts'

export const explain: Command = {
  synopsis: 'ID',
  summary: 'show what a check requires, its source, what it sends and how to fix a failure',
  options: [],
  async run(_, [id = '']) {
    const check = catalogue.find((candidate) => candidate.id === id.toUpperCase())
    if (!check)
      throw new UsageError(`${id ? `No check has the id '${id}'` : 'Name a check'}. The command list shows all checks.`)
    const { title, level, critical, area, harm, source, remediation, needs = [] } = check
    console.log(`${check.id}  ${title}\n`)
    console.log(`level        ${level}${critical ? ', critical' : ''}`)
    console.log(`harm         ${harm}`)
    console.log(`area         ${area}`)
    console.log(`source       ${source}`)
    if (needs.length) console.log(`needs        ${needs.join(', ')}`)
    console.log(`remediation  ${remediation}\n`)
    const plan = await planSuite({
      url: 'http://gateway.example',
      token: '$TOKEN',
      only: [check.id],
      allowUnsafe: true,
    })
    const { requests, audioSeconds, bytesSent } = costOf(plan.distinct)
    console.log(
      requests
        ? `Sends ${requests} requests (${audioSeconds} s of audio, ${bytesSent} bytes):`
        : 'Sends nothing; judges the exchanges of the other checks.',
    )
    for (const request of plan.distinct) console.log(`  ${describeRequest(request)}`)
    if (requests) console.log(`The command \`replay ${check.id} --url URL\` sends them.`)
    for (const gateway of Object.values(gateways))
      for (const deviation of await listDeviations(gateway))
        if (deviation.checks.includes(check.id))
          console.log(
            `\nKnown deviation of ${gateway.title}: ${deviation.summary}\n  ${deviation.evidence[0]?.url ?? ''}`,
          )
    return 0
  },
}

/** Describes a request on one line: by a curl command if that needs no file. */
function describeRequest(request: SentRequest): string {
  const curl = toCurl(request)
  const { method, target, plan } = request
  if (curl?.files.length === 0) return curl.command
  return `${method} ${target}  ${toRequestText(plan, request.body).replaceAll('\n', ' ')}`
}
