import { STATUS_CODES } from 'node:http'
import { meetsCondition, type Answer, type Deviation, type RequestFacts } from '@livepeer-ai/openapi/gateways'
import { normalizeError } from '@livepeer-ai/openapi/normalize-error'
import { textResponse } from '@livepeer-ai/server'

/** The facts in the order in which a gateway looks at them. */
const stages = [
  'path',
  'method',
  'token',
  'scheme',
  'mediaType',
  'boundary',
  'unknownPart',
  'files',
  'fields',
  'files.audio.bytes',
  'state',
  'files.audio.container',
  'files.audio.seconds',
  'files.audio.decodable',
]
/** The stage at which a refusal of the contract's own is made. */
const refusals: Record<number, string> = {
  404: 'path',
  405: 'method',
  401: 'token',
  415: 'mediaType',
  413: 'files.audio.bytes',
}

/**
 * The answer of a gateway to a request: `documented`, changed by the deviations that apply.
 * A deviation that refuses goes before the contract's own refusals when the gateway comes upon it no later; of several the earliest counts.
 * What is left of the contract's refusals gets the gateway's envelope.
 */
export async function imitate(
  documented: Response,
  exchange: RequestFacts,
  deviations: readonly Deviation[],
  token: string,
): Promise<Response> {
  if (documented.type === 'error') return documented
  const applying = deviations.filter(({ when }) => when.some((condition) => meetsCondition(condition, exchange)))
  const refused = documented.ok ? servedAt(exchange) : stage(refusedBy(documented, exchange))
  const [answering] = applying
    .filter(({ answers: [answer] }) => answer && (answer.connection || answer.body !== undefined))
    .map((deviation) => ({ deviation, at: stageOf(deviation, exchange) }))
    .filter(({ deviation, at }) => at <= refused || overrules(deviation, documented))
    .toSorted((a, b) => a.at - b.at)
    .map(({ deviation }) => deviation)
  const lacking = applying.flatMap(({ answers }) => answers.flatMap(({ lacks = [] }) => lacks))

  if (answering)
    return without(lacking, fill(answering.answers[0]!, documented, { token, message: inWords(answering.answers[0]!) }))
  if (documented.ok) return without(lacking, documented)
  const body = await documented.text()
  const { message } = normalizeError(documented.status, documented.headers.get('content-type'), body)
  // The most specific of those that are about the status.
  const [enveloping] = deviations
    .filter(({ when }) =>
      when.some(
        (condition) => 'status' in condition && meetsCondition(condition, { ...exchange, status: documented.status }),
      ),
    )
    .toSorted((a, b) => Object.keys(b.when[0]!).length - Object.keys(a.when[0]!).length)
  if (!enveloping) return without(lacking, new Response(body, documented))
  const answer = enveloping.answers.find(({ status }) => status === documented.status) ?? enveloping.answers[0]!
  return without(lacking, fill(answer, documented, { token, message }))
}

/** What a gateway says whose own words are not known. */
const inWords = ({ status = 200 }: Answer): string => STATUS_CODES[status] ?? ''

/** The last stage that a request goes through which is not refused: a preflight is answered by its method. */
const servedAt = ({ method }: RequestFacts): number => (method === 'OPTIONS' ? stage('method') : Infinity)

/** The fact that the contract's own refusal is about. */
function refusedBy({ status }: Response, { boundary, mediaType }: RequestFacts): string {
  if (status === 415 && mediaType === 'multipart/form-data') return 'files.audio.decodable'
  return refusals[status] ?? (boundary === false ? 'boundary' : 'fields')
}

function stage(fact: string): number {
  const exact = stages.indexOf(fact)
  return exact >= 0 ? exact : stages.indexOf(fact.split('.')[0]!)
}

/** The last fact that a gateway must know before it can deviate; a state that is about the token is known with it. */
function stageOf({ when }: Deviation, exchange: RequestFacts): number {
  const met = when.filter((condition) => meetsCondition(condition, exchange)).map((condition) => Object.keys(condition))
  return Math.min(
    ...met.map((facts) => Math.max(...facts.filter((fact) => fact !== 'state' || !facts.includes('token')).map(stage))),
  )
}

/** Whether the deviation is what becomes of a token that the contract refuses. */
function overrules({ when }: Deviation, { status }: Response): boolean {
  return status === 401 && when.some((condition) => 'token' in condition)
}

function fill(
  { status, connection, headers = {}, mediaType, body }: Answer,
  documented: Response,
  words: { token: string; message: string },
): Response {
  if (connection === 'closed') return Response.error()
  const values: Record<string, string> = {
    ...words,
    seconds: '7',
    date: new Date(Date.now() + 86_400_000).toUTCString(),
  }
  const filled = (text: string, encode = (value: string) => value) =>
    text.replaceAll(/\{(token|message|seconds|date)\}/g, (_, name: string) => encode(values[name]!))
  const result = new Headers(Object.entries(headers).map(([name, value]): [string, string] => [name, filled(value)]))
  if (mediaType) result.set('content-type', mediaType)
  const isSame = status === undefined || status === documented.status
  const kept = isSame ? ['x-request-id', 'allow', 'www-authenticate'] : []
  for (const name of ['access-control-allow-origin', ...kept]) {
    const value = documented.headers.get(name)
    if (value !== null && !result.has(name)) result.set(name, value)
  }
  return textResponse(body ? filled(body, (value) => JSON.stringify(value).slice(1, -1)) : null, {
    status: status ?? documented.status,
    headers: result,
  })
}

function without(names: readonly string[], response: Response): Response {
  for (const name of names) if (response.type !== 'error') response.headers.delete(name)
  return response
}
