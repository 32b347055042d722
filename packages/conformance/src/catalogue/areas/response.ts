import { isObject, resolveReference, type OpenAPI, type Schema } from '@livepeer-ai/openapi'
import type { Check } from '../../check.ts'
import { headerOf, type Exchange } from '../../exchange.ts'
import { findDuplicateKey } from '../find-duplicate-key.ts'
import { judgeEach, hasJson, isAddressed, parseJson, findSchema } from '../judgements.ts'
import { upload } from '../requests.ts'
import { defineChecks, planNothing } from '../define-checks.ts'

const isSuccess = ({ response }: Exchange) => response?.status === 200

/** The chunks of an answer as they are, however wrong. */
function chunksOf(exchange: Exchange): unknown[] {
  const { chunks } = (parseJson(exchange) ?? {}) as { chunks?: unknown }
  return isSuccess(exchange) && Array.isArray(chunks) ? chunks : []
}

const timestampsOf = (exchange: Exchange): unknown[][] =>
  chunksOf(exchange)
    .map((chunk) => (isObject(chunk) ? chunk['timestamp'] : undefined))
    .filter((timestamp) => Array.isArray(timestamp))

/** What is wrong with the shape of the chunks, as far as the description tells it. */
function misshapen(exchange: Exchange): string | false {
  const body = parseJson(exchange)
  if (!isSuccess(exchange) || !isObject(body)) return false
  const { chunks } = body
  if (!Array.isArray(chunks)) return `chunks is ${chunks === null ? 'null' : typeof chunks}, not a list`
  const wrong = chunks.find(
    (chunk) => !isObject(chunk) || typeof chunk['text'] !== 'string' || !Array.isArray(chunk['timestamp']),
  ) as unknown
  return wrong !== undefined && 'a chunk lacks its text or the list of its times'
}

/** Whether times are a start and an end; the end of the last chunk may be unknown. */
const isSpan = ([start, end, ...more]: unknown[], isLast: boolean) =>
  typeof start === 'number' && (typeof end === 'number' || (end === null && isLast)) && more.length === 0

/** The first place in a value that its schema does not name. */
function undocumented(value: unknown, schema: Schema, root: Schema, pointer = ''): string | undefined {
  const node = resolveReference<Schema>(root as unknown as OpenAPI, schema)
  const { properties, items, allOf } = node as {
    properties?: Record<string, Schema>
    items?: Schema
    allOf?: Schema[]
  }
  if (Array.isArray(value)) return items && first(value, (member) => undocumented(member, items, root, `${pointer}/0`))
  if (!isObject(value)) return undefined
  if (allOf) return first(allOf, (part) => undocumented(value, part, root, pointer))
  if (!properties) return undefined
  return first(Object.entries(value), ([name, member]) => {
    const place = `${pointer}/${name}`
    return properties[name] ? undocumented(member, properties[name], root, place) : place
  })
}

function first<T>(values: readonly T[], look: (value: T) => string | undefined): string | undefined {
  for (const value of values) {
    const found = look(value)
    if (found !== undefined) return found
  }
  return undefined
}

/** What makes the body of an answer no JSON text for sure. */
function malformed({ response }: Exchange): string | false {
  const { body } = response!
  if (body.subarray(0, 3).equals(Buffer.from('\uFEFF'))) return 'the body begins with a byte order mark'
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return 'the body is not UTF-8'
  }
  try {
    JSON.parse(text)
  } catch {
    return 'the body is not JSON'
  }
  return false
}

/** JSON has no charset parameter (RFC 8259, section 11): whoever heeds a wrong one reads other letters, which no RFC forbids to say. */
function mislabelled({ response }: Exchange): string | false {
  const charset = /;\s*charset="?([\w-]+)/i.exec(headerOf(response, 'content-type') ?? '')?.[1] ?? 'utf-8'
  return !/^(utf-?8|us-ascii)$/i.test(charset) && 'the charset of the Content-Type is not UTF-8'
}

/** The form of the answers; what they say is the matter of other areas. */
export const responseChecks: Check[] = defineChecks('response', [
  {
    id: 'RS-01',
    title: 'A transcript fits the schema',
    level: 'MUST',
    profiles: ['smoke'],
    source: 'OpenAPI description, schema of 200',
    remediation: 'Answer with all that the schema requires, in the types that it names.',
    plan: ({ clips }) => [upload(clips.short)],
    judge: judgeEach(
      'fail',
      (exchange, context) => {
        const schema = findSchema(200, context)
        if (!isSuccess(exchange) || !schema || exchange.response!.body.length === 0) return false
        const value = parseJson(exchange)
        if (value === undefined) return false
        const [problem] = context.schemaJudge(schema, value)
        return problem && `${problem.pointer || 'the body'} ${problem.message}`
      },
      { driftClass: 'response-type-changed' },
    ),
  },
  {
    id: 'RS-02',
    title: 'Chunks are a list, each with its text and its times',
    level: 'MUST',
    profiles: ['smoke'],
    source: 'OpenAPI description, schemas TextResponse and Chunk',
    remediation: 'Answer "chunks": [] when there are none, never null.',
    plan: ({ clips }) => [upload(clips.short)],
    judge: judgeEach('fail', misshapen, { driftClass: 'response-became-nullable' }),
  },
  {
    id: 'RS-03',
    title: 'Times are a start and an end',
    level: 'SHOULD',
    source: 'OpenAPI description, what it leaves too loose: Chunk.timestamp',
    remediation: 'Answer two numbers of seconds; null is for the end of the last chunk alone.',
    plan: ({ clips }) => [upload(clips.short), upload(clips.short, { return_timestamps: 'word' })],
    judge: (exchanges, context) =>
      judgeEach(context.strict ? 'fail' : 'warn', (exchange) => {
        const spans = timestampsOf(exchange)
        return (
          spans.some((span, index) => !isSpan(span, index === spans.length - 1)) && 'times that are no start and end'
        )
      })(exchanges, context),
  },
  {
    id: 'RS-04',
    title: 'Answers have no properties that the description lacks',
    level: 'SHOULD',
    source: 'OpenAPI description, schemas of the responses',
    remediation: 'Leave them out, or propose them for the description: clients generated from it do not see them.',
    plan: planNothing,
    judge: (exchanges, context) =>
      judgeEach(
        context.strict ? 'fail' : 'warn',
        (exchange) => {
          const schema = findSchema(exchange.response?.status ?? 0, context)
          if (!schema || !hasJson(exchange) || !isAddressed(exchange, context)) return false
          const value = parseJson(exchange)
          if (value === undefined || context.schemaJudge(schema, value).length > 0) return false
          const place = undocumented(value, schema, schema)
          return place !== undefined && `${exchange.response!.status}: ${place} is not documented`
        },
        { driftClass: 'response-undocumented-property' },
      )(exchanges, context),
  },
  {
    id: 'RS-05',
    title: 'What says that it is JSON is JSON',
    level: 'MUST',
    source: 'RFC 8259, sections 4, 8.1 and 11',
    remediation: 'Let a JSON library write the body, in UTF-8 and without a byte order mark.',
    plan: planNothing,
    judge: (exchanges, context) => {
      const json = exchanges.filter((exchange) => hasJson(exchange) && !exchange.failure)
      const isSound = (exchange: Exchange) => !malformed(exchange)
      return [
        ...judgeEach('fail', malformed)(json, context),
        ...judgeEach('warn', mislabelled)(json, context),
        ...judgeEach('warn', (exchange) => {
          const key = findDuplicateKey(exchange.response!.body.toString())
          return key !== undefined && `the key ${key} is there twice`
        })(json.filter(isSound), context),
      ]
    },
  },
  {
    id: 'RS-06',
    title: 'A success is never empty',
    level: 'MUST',
    source: 'OpenAPI description, responses: 200 has content',
    remediation: 'Look for a handler of errors that writes nothing: its 200 hides a failure.',
    plan: planNothing,
    judge: judgeEach('fail', ({ request, response, failure }) => {
      const isBodiless = request.method === 'HEAD' || request.method === 'OPTIONS'
      if (response?.status !== 200 || isBodiless || failure) return false
      return /^(null|\{\}|\[\]|"")?$/.test(response.body.toString('latin1', 0, 16).trim()) && '200 without content'
    }),
  },
  {
    id: 'RS-07',
    title: 'Times are numbers',
    level: 'SHOULD',
    source: 'OpenAPI description, Chunk.timestamp: seconds',
    remediation: 'Write numbers, not texts that hold numbers.',
    plan: ({ clips }) => [upload(clips.short), upload(clips.short, { return_timestamps: 'word' })],
    judge: judgeEach(
      'warn',
      (exchange) =>
        timestampsOf(exchange)
          .flat()
          .some((time) => typeof time === 'string') && 'times are texts',
    ),
  },
])
