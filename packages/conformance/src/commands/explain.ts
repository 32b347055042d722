import type { OpenAPI } from '@livepeer-ai/openapi'
import { UsageError } from '@livepeer-ai/openapi/command-line'
import { gateways, listDeviations } from '@livepeer-ai/openapi/gateways'
import { catalogue } from '../catalogue/index.ts'
import { recordingKinds } from '../catalogue/kinds.ts'
import type { Check } from '../check.ts'
import type { SentRequest } from '../exchange.ts'
import { planSuite } from '../run/plan-suite.ts'
import { costOf } from '../wire/cost.ts'
import { toCurl } from '../wire/to-curl.ts'
import { toRequestText } from '../wire/to-reported-exchange.ts'
import { apiOptions, type Command, type Values } from './input/command.ts'
import { toSuiteOptions } from './input/options.ts'

export const explain: Command = {
  synopsis: 'ID [--spec FILE]',
  summary: 'show what a check requires, its source, what it sends and how to fix a failure',
  options: apiOptions,
  async run(values, [id = '']) {
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
    await printRequests(check, values)
    for (const gateway of Object.values(gateways))
      for (const deviation of await listDeviations(gateway))
        if (deviation.checks.includes(check.id))
          console.log(
            `\nKnown deviation of ${gateway.title}: ${deviation.summary}\n  ${deviation.evidence[0]?.url ?? ''}`,
          )
    return 0
  },
}

/** Prints the requests of a check: those to audio-to-text, or those to the API of `--spec`. */
async function printRequests({ id, for: kind = 'audio-to-text' }: Check, values: Values): Promise<void> {
  const { api } = await toSuiteOptions(values, 'http://server.example')
  if (!api && !recordingKinds.has(kind)) return console.log('It is about other APIs: --spec FILE shows its requests.')
  const options = api ? { api: { ...api, allowWrites: true }, secrets: exampleSecrets(api.description) } : {}
  const url = api ? 'http://server.example' : 'http://gateway.example'
  const plan = await planSuite({ url, token: '$TOKEN', only: [id], allowUnsafe: true, ...options })
  const { requests, audioSeconds, bytesSent } = costOf(plan.distinct)
  const audio = api ? '' : `${audioSeconds} s of audio, `
  console.log(
    requests
      ? `Sends ${requests} requests (${audio}${bytesSent} bytes):`
      : 'Sends nothing; judges the exchanges of the other checks.',
  )
  for (const request of plan.distinct) console.log(`  ${describeRequest(request)}`)
  if (requests) console.log(`The command \`replay ${id} --url URL${api ? ' --spec FILE' : ''}\` sends them.`)
}

/** Returns a value for each security scheme, so that no check is BLOCKED. */
const exampleSecrets = ({ components }: OpenAPI): Record<string, string> =>
  Object.fromEntries(Object.keys(components?.['securitySchemes'] ?? {}).map((name) => [name, 'example']))

/** Describes a request on one line: by a curl command if that needs no file. */
function describeRequest(request: SentRequest): string {
  const curl = toCurl(request)
  const { method, target, plan } = request
  if (curl?.files.length === 0) return curl.command
  return `${method} ${target}  ${toRequestText(plan, request.body).replaceAll('\n', ' ')}`
}
