import { gateways, listDeviations } from '@livepeer-ai/openapi/gateways'
import { checks } from '../catalogue/index.ts'
import { costOf } from '../wire/cost.ts'
import { planSuite } from '../run/plan-suite.ts'
import { toCurl } from '../wire/to-curl.ts'
import { UsageError, type Command } from './input/command.ts'

/** What a check asks for, why, what it sends, and who is known to fail it. */
export const explain: Command = {
  synopsis: 'ID',
  summary: 'what a check asks for, on what ground, and what to do when it fails',
  options: [],
  async run(_, [id = '']) {
    const check = checks.find((candidate) => candidate.id === id.toUpperCase())
    if (!check) throw new UsageError(`${id ? `No check is called '${id}'` : 'Name a check'}: see the command list.`)
    const { title, level, critical, area, source, stability, remediation, needs = [] } = check
    console.log(`${check.id}  ${title}\n`)
    console.log(
      `level        ${level}${critical ? ', critical' : ''}${stability === 'experimental' ? ', experimental: never fatal' : ''}`,
    )
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
        ? `It sends ${requests} requests (${audioSeconds} s of audio, ${bytesSent} bytes):`
        : 'It reads what the other checks send.',
    )
    for (const request of plan.distinct)
      console.log(
        `  ${toCurl(request) ?? `${request.method} ${request.target}, in a way that curl cannot: see the command replay`}`,
      )
    for (const gateway of Object.values(gateways))
      for (const deviation of await listDeviations(gateway))
        if (deviation.checks.includes(check.id))
          console.log(`\nKnown of ${gateway.title}: ${deviation.summary}\n  ${deviation.evidence[0]?.url ?? ''}`)
    return 0
  },
}
