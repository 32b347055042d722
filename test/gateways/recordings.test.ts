import { startMock, type Mock } from '@livepeer-ai/mock'
import { escapeRegExp, isObject } from '@livepeer-ai/openapi'
import { schemas } from '@livepeer-ai/openapi/contract'
import { meetsAny, type Answer, type Deviation, type RequestFacts } from '@livepeer-ai/openapi/gateways'
import { afterAll, expect, test } from 'vitest'
import { createSchemaJudge } from '../../packages/conformance/src/judge/schema-judge.ts'
import {
  listStates,
  operation,
  readRecordings,
  replay,
  token,
  type Recorded,
  type RecordedResponse,
} from './recordings.ts'

/** Exchanges that the mock answers in another way, with the reason. */
const exceptions: Readonly<Record<string, string>> = {
  'ai-runner-fastapi-0.165.jsonl#10 MiB+1 wav': 'the mock does not know that a recording is silent',
}

const gateways = await readRecordings()
const rows = gateways.flatMap(({ name, overlay, exchanges }) =>
  exchanges.map((recorded) => ({ id: recorded.id, name, overlay, recorded })),
)
const named = gateways.flatMap(({ overlay, exchanges }) =>
  overlay.deviations.flatMap((deviation) =>
    deviation.evidence.flatMap(({ recording }) =>
      recording === undefined
        ? []
        : [
            {
              title: `${deviation.id}: ${recording}`,
              deviation,
              recorded: exchanges.find(({ id }) => id === recording),
            },
          ],
    ),
  ),
)

const mocks = new Map<string, Promise<Mock>>()
afterAll(async () => {
  for (const mock of mocks.values()) await (await mock).close()
})

/** Returns the mock as a gateway in some states. It is started once. */
function findMock(gateway: string, states: string[]): Promise<Mock> {
  const key = [gateway, ...states].join()
  const mock = mocks.get(key) ?? startMock({ port: 0, gateway, token, states })
  mocks.set(key, mock)
  return mock
}

test.each(rows)('the mock answers $id as recorded', async ({ id, name, recorded }) => {
  const { url } = await findMock(name, recorded.states)
  const found = compare(recorded.response, await replay(url, recorded), headersOf(name))
  const isException = id in exceptions
  expect(isException && found.length === 0 ? ['no longer an exception'] : isException ? [] : found).toEqual([])
})

test.each(named)('$title shows the deviation', ({ deviation, recorded }) => {
  expect(recorded && contradictions(deviation, recorded)).toEqual([])
})

test.each(rows)('a deviation declares each difference of $id from the contract', ({ overlay, recorded }) => {
  const difference = findDifference(recorded)
  const isDeclared = overlay.deviations.some((deviation) => declares(deviation, recorded))
  expect(isDeclared ? undefined : difference).toBeUndefined()
})

test('a recording contradicts a deviation with another condition, status, header or body', () => {
  const { deviation, recorded } = named.find((one) => one.deviation.answers.some(({ body }) => body)) ?? {}
  if (!deviation || !recorded) throw new Error('No recording shows a body.')
  const [answer = {}] = deviation.answers
  const changed = (change: Partial<Deviation>) => contradictions({ ...deviation, ...change }, recorded)
  expect(changed({})).toEqual([])
  expect(changed({ when: [{ method: { enum: ['LOCK'] } }] })).toEqual(['its conditions do not hold'])
  const changes: Answer[] = [{ status: 418 }, { body: 'x' }, { mediaType: 'text/x' }, { headers: { 'x-none': '1' } }]
  for (const change of changes) expect(changed({ answers: [{ ...answer, ...change }] })).toEqual(['no answer matches'])
})

test('the rules find differences from the contract', () => {
  const { recorded } =
    rows.find((row) => findDifference(row.recorded) === undefined && row.recorded.response.status === 200) ?? {}
  if (!recorded) throw new Error('No recording conforms.')
  const { response, facts } = recorded
  const differ = (change: Partial<Recorded>) => findDifference({ ...recorded, ...change })
  expect(differ({ response: { ...response, status: 418 } })).toBe('418 is not documented')
  expect(differ({ response: { ...response, body: 'null' } })).toContain('the body of 200 is invalid')
  expect(differ({ response: { ...response, status: 400, body: '{"detail":{"msg":"x"}}' } })).toBe(
    'refused although valid',
  )
  expect(differ({ facts: { ...facts, token: 'none' } })).toBe('accepted although invalid')
  expect(differ({ response: { closed: true } })).toBe('no response')
})

/** Headers of HTTP itself, which no recording holds. */
const framing = ['date', 'connection', 'content-length', 'transfer-encoding', 'keep-alive']

/** Returns the names of all headers that a gateway sends. */
function headersOf(name: string): Set<string> {
  const own = rows.filter((row) => row.name === name)
  return new Set(own.flatMap(({ recorded }) => Object.keys(recorded.response.headers ?? {})).concat(framing))
}

const comparedHeaders = [
  'www-authenticate',
  'allow',
  'retry-after',
  'location',
  'access-control-allow-origin',
  'access-control-allow-credentials',
]

/** Returns the differences between a recorded response and that of the mock. */
function compare(real: RecordedResponse, mock: RecordedResponse, known: Set<string>): string[] {
  if (real.closed || mock.closed) return real.closed === mock.closed ? [] : [`closed: ${real.closed}, ${mock.closed}`]
  if (real.status !== mock.status) return [`status: ${real.status}, ${mock.status}`]
  const found: string[] = []
  const check = (what: string, wanted: string | undefined, seen: string | undefined) => {
    if (wanted !== seen) found.push(`${what}: ${wanted}, ${seen}`)
  }
  check('media type', mediaTypeOf(real), mediaTypeOf(mock))
  for (const name of comparedHeaders) check(name, real.headers?.[name], mock.headers?.[name])
  for (const name of Object.keys(mock.headers ?? {})) if (!known.has(name)) found.push(`header ${name}`)
  // Pages and long bodies are compared by their media type.
  if (isWhole(real)) check('body', formOf(real.body), formOf(mock.body))
  return found
}

const mediaTypeOf = ({ headers }: RecordedResponse) => headers?.['content-type']?.split(';')[0]

/** Returns the keys of a transcript in order, because its words may differ, or any other body. */
function formOf(body = ''): string {
  const json = parseJson(body)
  if (!isObject(json) || !json['text'] || !('chunks' in json)) return body
  const { chunks } = json
  const form = Array.isArray(chunks) ? chunks.slice(0, 1).map((chunk: unknown) => Object.keys(Object(chunk))) : chunks
  return JSON.stringify([Object.keys(json), form, body.endsWith('\n')])
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Returns the reasons why a recording does not show a deviation. */
function contradictions(deviation: Deviation, recorded: Recorded): string[] {
  const { facts, response, states } = recorded
  if (!meetsAny(deviation.when, facts, [undefined, ...states])) return ['its conditions do not hold']
  const answer = deviation.answers.find(({ when }) => !when || meetsAny(when, facts, [undefined, ...states]))
  return answer && matches(answer, response) ? [] : ['no answer matches']
}

/** Returns true if a deviation declares a response, in some state of the gateway. */
function declares(deviation: Deviation, { facts, response }: Recorded): boolean {
  const states = [undefined, ...listStates(deviation)]
  return (
    meetsAny(deviation.when, facts, states) &&
    deviation.answers.some(
      (answer) =>
        (answer.status !== undefined || answer.connection) &&
        (!answer.when || meetsAny(answer.when, facts, states)) &&
        matches(answer, response),
    )
  )
}

function matches(answer: Answer, response: RecordedResponse): boolean {
  const { status, connection, mediaType, body, headers = {}, lacks = [] } = answer
  if (connection === 'closed' || response.closed) return (connection === 'closed') === (response.closed === true)
  return (
    (status === undefined || status === response.status) &&
    (mediaType === undefined || mediaType === mediaTypeOf(response)) &&
    Object.entries(headers).every(([name, value]) => fits(value, response.headers?.[name])) &&
    lacks.every((name) => response.headers?.[name] === undefined) &&
    (body === undefined || !isWhole(response) || response.body === '' || fits(body, response.body))
  )
}

/** Returns true for a body that is recorded to its end and is not a page. */
function isWhole(response: RecordedResponse): boolean {
  const { cut, body = '' } = response
  const isLost = mediaTypeOf(response) === 'application/json' && body.length > 3000 && parseJson(body) === undefined
  return cut === undefined && !isLost && mediaTypeOf(response) !== 'text/html'
}

/** Returns true if a text is that of an answer, with anything in place of the variables. */
function fits(text: string, seen: string | undefined): boolean {
  const literals = text.split(/"\{[\w.]+\.bytes\}"|\{[\w.]+\}/)
  return seen !== undefined && new RegExp(`^${literals.map(escapeRegExp).join('.*')}$`, 's').test(seen)
}

const judge = createSchemaJudge()

/** Returns the difference of a response of the operation from the contract, or undefined. */
function findDifference({ facts, response }: Recorded): string | undefined {
  const { status = 0, body = '', closed } = response
  if (facts.path !== operation.path) return undefined
  if (closed) return 'no response'
  const isError = status >= 400
  if (facts.method !== 'POST') return isError ? undefined : 'accepted although invalid'
  const documented = schemas[operation.operationId]?.responses[status]
  if (!documented) return `${status} is not documented`
  const schema = documented['application/json']
  const problems = schema && isWhole(response) ? judge(schema, parseJson(body)) : []
  if (problems[0]) return `the body of ${status} is invalid: ${problems[0].pointer} ${problems[0].message}`
  const isValid = judgeRequest(facts)
  if (isValid === undefined || isValid === !isError) return undefined
  return isError ? 'refused although valid' : 'accepted although invalid'
}

/** Returns true if a request is valid, as far as its facts tell, or undefined if that is open. */
function judgeRequest({ token: credentials, scheme, authorization = '', ...facts }: RequestFacts): boolean | undefined {
  const { mediaType, form, files = {}, fields = {} } = facts
  const { audio, ...others } = files
  const { return_timestamps: timestamps = 'true', model_id: model = '', metadata = '{}' } = fields
  const isValid =
    credentials === 'right' &&
    scheme === 'bearer' &&
    !authorization.includes(',') &&
    mediaType === 'multipart/form-data' &&
    ['complete', 'preamble', 'nameless-part'].includes(form ?? '') &&
    audio?.decodable === true &&
    (audio.bytes ?? 0) <= 50 * 2 ** 20 &&
    !['model_id', 'return_timestamps', 'metadata'].some((name) => name in others) &&
    /^(true|false|sentence|word|1|0|)$/i.test(timestamps) &&
    ['', 'openai/whisper-large-v3'].includes(model) &&
    (metadata === '' || isObject(parseJson(metadata)))
  // Other spellings may be accepted or rejected.
  const isOpen = isValid && (metadata === '' || !/^(true|false|sentence|word)$/.test(timestamps))
  return isOpen ? undefined : isValid
}
