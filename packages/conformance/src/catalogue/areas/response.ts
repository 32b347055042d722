import { isObject, resolveReference, type OpenAPI, type Schema } from '@livepeer-ai/openapi'
import type { Check, Context } from '../../check.ts'
import { headerOf, type Exchange, type ReceivedResponse } from '../../exchange.ts'
import { defineChecks, planNothing } from '../define-checks.ts'
import { findDuplicateKey } from '../find-duplicate-key.ts'
import { findSchema, hasJson, isAddressed, judgeEach, judgeEachResponse, parseJson } from '../judgements.ts'
import { upload } from '../requests.ts'

/** Returns the chunks of a response, even if they are invalid. */
function chunksOf(exchange: Exchange): unknown[] {
  const { chunks } = (parseJson(exchange) ?? {}) as { chunks?: unknown }
  return exchange.response?.status === 200 && Array.isArray(chunks) ? chunks : []
}

const timestampsOf = (exchange: Exchange): unknown[][] =>
  chunksOf(exchange)
    .map((chunk) => (isObject(chunk) ? chunk['timestamp'] : undefined))
    .filter((timestamp) => Array.isArray(timestamp))

/** Complains about chunks that are not a list, or that lack a text or a list of times. */
function findBadChunk({ status }: ReceivedResponse, _: Context, exchange: Exchange): string | false {
  const body = parseJson(exchange)
  if (status !== 200 || !isObject(body)) return false
  const { chunks } = body
  if (!Array.isArray(chunks)) return `saw chunks of type ${chunks === null ? 'null' : typeof chunks}, expected a list`
  const isBad = chunks.some(
    (chunk) => !isObject(chunk) || typeof chunk['text'] !== 'string' || !Array.isArray(chunk['timestamp']),
  )
  if (isBad) return 'saw a chunk without a text or times, expected both'
  const isOpen = timestampsOf(exchange).some(
    ({ length, 1: end }, index, all) => length < 2 || (end === null && index < all.length - 1),
  )
  return isOpen && 'saw a timestamp without an end before the last chunk, expected a start and an end'
}

/** Returns true for a start and an end. The end of the last chunk may be null. */
const isSpan = ([start, end, ...more]: unknown[], isLast: boolean) =>
  typeof start === 'number' && (typeof end === 'number' || (end === null && isLast)) && more.length === 0

/** Returns the first place in a value that its schema does not name. */
function findUndocumented(value: unknown, schema: Schema, root: Schema, pointer = ''): string | undefined {
  const node = resolveReference<Schema>(root as unknown as OpenAPI, schema)
  const { properties, items, allOf } = node as {
    properties?: Record<string, Schema>
    items?: Schema
    allOf?: Schema[]
  }
  if (Array.isArray(value))
    return items && findFirst(value, (member) => findUndocumented(member, items, root, `${pointer}/0`))
  if (!isObject(value)) return undefined
  if (allOf) return findFirst(allOf, (part) => findUndocumented(value, part, root, pointer))
  if (!properties) return undefined
  return findFirst(Object.entries(value), ([name, member]) => {
    const place = `${pointer}/${name}`
    return properties[name] ? findUndocumented(member, properties[name], root, place) : place
  })
}

function findFirst<T>(values: readonly T[], look: (value: T) => string | undefined): string | undefined {
  for (const value of values) {
    const found = look(value)
    if (found !== undefined) return found
  }
  return undefined
}

/** Complains about a body that is certainly not a JSON text. */
function findBadJson({ body }: ReceivedResponse): string | false {
  if (body.subarray(0, 3).equals(Buffer.from('\uFEFF'))) return 'saw a byte order mark, expected JSON without one'
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return 'saw a body that is not UTF-8, expected JSON in UTF-8'
  }
  try {
    JSON.parse(text)
  } catch {
    return 'saw a body that is not JSON, expected JSON'
  }
  return false
}

/**
 * JSON has no charset parameter (RFC 8259, section 11).
 * A client that obeys a wrong one misreads it.
 */
function findBadCharset(response: ReceivedResponse): string | false {
  const charset = /;\s*charset="?([\w-]+)/i.exec(headerOf(response, 'content-type') ?? '')?.[1] ?? 'utf-8'
  return !/^(utf-?8|us-ascii)$/i.test(charset) && 'saw another charset in Content-Type, expected UTF-8 or none'
}

/** Checks of the format of responses; other areas check the content. */
export const responseChecks: Check[] = defineChecks('response', [
  {
    id: 'RS-01',
    title: 'A transcript fits the schema',
    harm: 'client-breaks',
    profiles: ['smoke'],
    source: 'OpenAPI description, schema of 200',
    remediation: 'Send every required property, with the type that the schema names.',
    plan: ({ clips }) => [upload(clips.short)],
    judge: judgeEachResponse(
      'fail',
      ({ status, body }, context, exchange) => {
        const schema = findSchema(200, context)
        if (status !== 200 || !schema || body.length === 0) return false
        const value = parseJson(exchange)
        if (value === undefined) return false
        const [problem] = context.schemaJudge(schema, value)
        return problem && `saw an invalid transcript: ${problem.pointer || 'the body'} ${problem.message}`
      },
      { driftClass: 'response-type-changed' },
    ),
  },
  {
    id: 'RS-02',
    title: 'Chunks are a list of texts with times',
    harm: 'client-breaks',
    profiles: ['smoke'],
    source: 'OpenAPI description, schemas TextResponse and Chunk',
    remediation: 'Answer "chunks": [] instead of null if there are no chunks.',
    plan: ({ clips }) => [upload(clips.short), upload(clips.short, { return_timestamps: 'word' })],
    judge: judgeEachResponse('fail', findBadChunk, { driftClass: 'response-became-nullable' }),
  },
  {
    id: 'RS-03',
    title: 'Times are a start and an end',
    harm: 'quality',
    source: 'OpenAPI description, what it leaves too loose: Chunk.timestamp',
    remediation: 'Send two numbers of seconds; only the end of the last chunk may be null.',
    plan: ({ clips }) => [upload(clips.short), upload(clips.short, { return_timestamps: 'word' })],
    judge: (exchanges, context) =>
      judgeEach(context.strict ? 'fail' : 'warn', (exchange) => {
        const spans = timestampsOf(exchange)
        const isBad = spans.some((span, index) => !isSpan(span, index === spans.length - 1))
        return isBad && 'saw other times, expected a start and an end'
      })(exchanges, context),
  },
  {
    id: 'RS-04',
    title: 'Responses have documented properties only',
    harm: 'quality',
    source: 'OpenAPI description, schemas of the responses',
    remediation: 'Remove them, or propose them for the description: generated clients do not see them.',
    plan: planNothing,
    judge: (exchanges, context) =>
      judgeEachResponse(
        context.strict ? 'fail' : 'warn',
        ({ status }, _, exchange) => {
          const schema = findSchema(status, context)
          if (!schema || !hasJson(exchange) || !isAddressed(exchange, context)) return false
          const value = parseJson(exchange)
          if (value === undefined || context.schemaJudge(schema, value).length > 0) return false
          const place = findUndocumented(value, schema, schema)
          return place !== undefined && `saw ${place} in ${status}, expected documented properties only`
        },
        { driftClass: 'response-undocumented-property' },
      )(exchanges, context),
  },
  {
    id: 'RS-05',
    title: 'A response declared as JSON is valid JSON',
    harm: 'client-breaks',
    source: 'RFC 8259, sections 4, 8.1 and 11',
    remediation: 'Let a JSON library write the body, in UTF-8 and without a byte order mark.',
    plan: planNothing,
    judge: (exchanges, context) => {
      const json = exchanges.filter((exchange) => hasJson(exchange) && !exchange.failure)
      const sound = json.filter(({ response }) => response && !findBadJson(response))
      return [
        ...judgeEachResponse('fail', findBadJson)(json, context),
        ...judgeEachResponse('fail', findBadCharset)(json, context),
        ...judgeEachResponse('fail', ({ body }) => {
          const key = findDuplicateKey(body.toString())
          return key !== undefined && `saw the key ${key} twice in an object, expected it once`
        })(sound, context),
      ]
    },
  },
  {
    id: 'RS-06',
    title: 'A success is never empty',
    harm: 'wrong-data',
    source: 'OpenAPI description, responses: 200 has content',
    remediation: 'Look for an error handler that writes nothing: its 200 hides a failure.',
    plan: planNothing,
    judge: judgeEachResponse('fail', ({ status, body }, _, { request, failure }) => {
      const isBodiless = request.method === 'HEAD' || request.method === 'OPTIONS'
      if (status !== 200 || isBodiless || failure) return false
      const isEmpty = /^(null|\{\}|\[\]|"")?$/.test(body.toString('latin1', 0, 16).trim())
      return isEmpty && 'saw 200 without content, expected content'
    }),
  },
  {
    id: 'RS-07',
    title: 'Times are numbers',
    harm: 'quality',
    source: 'OpenAPI description, Chunk.timestamp: seconds',
    remediation: 'Write numbers instead of strings.',
    plan: ({ clips }) => [upload(clips.short), upload(clips.short, { return_timestamps: 'word' })],
    judge: judgeEach(
      'warn',
      (exchange) =>
        timestampsOf(exchange)
          .flat()
          .some((time) => typeof time === 'string') && 'saw times as strings, expected numbers',
    ),
  },
])
