import {
  findOperationObject,
  isObject,
  resolveReference,
  resolveSchema,
  type OpenAPI,
  type Response,
  type Schema,
} from '@livepeer-ai/openapi'
import type { Check, Context } from '../../check.ts'
import { selfContained } from '../../description/self-contained.ts'
import { headerOf, isJson, isOneOf, mediaTypeOf, type Exchange, type ReceivedResponse } from '../../exchange.ts'
import { flattenSchema } from '../../samples/values/flatten-schema.ts'
import { defineChecks, planNothing, type CheckRow } from '../define-checks.ts'
import { findDuplicateKey } from '../find-duplicate-key.ts'
import {
  findSchema,
  hasJson,
  isAddressed,
  judgeAspect,
  judgeEach,
  judgeEachResponse,
  parseJson,
} from '../judgements.ts'
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

/** The members of RFC 9457 that every problem may have. */
const problemMember = /(^|\/properties)\/(type|title|status|detail|instance)$/

/** Returns true for the place of a standard member in the body of an error or in its schema. */
export const isProblemMember = ({ response }: Exchange, place: string): boolean =>
  response !== undefined && response.status >= 400 && problemMember.test(place)

/** Returns the first place in the body of a response that its schema does not name. */
export const findUndocumented = (exchange: Exchange, value: unknown, schema: Schema): string | undefined =>
  findUnnamed(value, schema, schema, (place) => isProblemMember(exchange, place))

function findUnnamed(
  value: unknown,
  schema: Schema,
  root: Schema,
  isNamed: (place: string) => boolean,
  pointer = '',
): string | undefined {
  const { properties, items, isOpen } = collect(schema, root)
  if (Array.isArray(value))
    return items && findFirst(value, (member) => findUnnamed(member, items, root, isNamed, `${pointer}/0`))
  if (!isObject(value) || isOpen || Object.keys(properties).length === 0) return undefined
  return findFirst(Object.entries(value), ([name, member]) => {
    const place = `${pointer}/${name}`
    if (properties[name]) return findUnnamed(member, properties[name], root, isNamed, place)
    return isNamed(place) ? undefined : place
  })
}

interface Members {
  properties: Record<string, Schema>
  items: Schema | undefined
  /** True if other properties are welcome. */
  isOpen: boolean
}

/** Collects the properties of a schema and of all that it consists of. */
function collect(schema: Schema, root: Schema, depth = 0): Members {
  const node = resolveReference<Schema>(root as unknown as OpenAPI, schema)
  const {
    properties,
    items,
    allOf = [],
    anyOf = [],
    oneOf = [],
    additionalProperties,
    patternProperties,
  } = node as {
    properties?: Record<string, Schema>
    items?: Schema
    additionalProperties?: unknown
    patternProperties?: unknown
  } & Partial<Record<'allOf' | 'anyOf' | 'oneOf', Schema[]>>
  const parts = depth < 20 ? [...allOf, ...anyOf, ...oneOf].map((part) => collect(part, root, depth + 1)) : []
  const isOpen = additionalProperties === true || isObject(additionalProperties) || patternProperties !== undefined
  return {
    properties: Object.assign({}, ...parts.map((part) => part.properties), properties) as Members['properties'],
    items: items ?? parts.find((part) => part.items)?.items,
    isOpen: isOpen || parts.some((part) => part.isOpen),
  }
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

/** Returns the Response Object of a status. */
function findResponse(status: number, { contract, operation }: Context): Response | undefined {
  const { responses = {} } = findOperationObject(contract.description, operation) ?? {}
  const found = responses[status] ?? responses[`${Math.floor(status / 100)}XX`] ?? responses['default']
  return found && resolveReference(contract.description, found)
}

/** Returns true for a documented media type that is not JSON. */
function isDocumentedOther(response: ReceivedResponse, { operation }: Context): boolean {
  const mediaType = mediaTypeOf(response)
  return !isJson(mediaType) && isOneOf(mediaType, operation.responses[response.status] ?? [])
}

/** Complains about a success that does not fit its schema. */
function findBadSuccess(response: ReceivedResponse, context: Context, exchange: Exchange): string | false {
  const { status, body } = response
  const schema = findSchema(status, context)
  const { method, plan } = exchange.request
  if (status >= 400 || !isAddressed(exchange, context) || method === 'HEAD') return false
  if (status === 204 || status === 304) return body.length > 0 && `saw ${status} with a body, expected none`
  // A part of a representation fits no schema.
  if (!schema || status === 206 || plan.isOdd) return false
  if (isDocumentedOther(response, context)) return false
  if (body.length === 0) return `saw ${status} without a body, expected the documented body`
  const value = parseJson(exchange)
  if (value === undefined) return `saw ${status} with a body that is not JSON, expected the documented body`
  const [problem] = context.schemaJudge(schema, value)
  return (
    problem !== undefined && `saw ${status} with an invalid body: ${problem.pointer || 'the body'} ${problem.message}`
  )
}

interface HeaderObject {
  required?: boolean
  schema?: Schema
}

/** A documented header that is missing or invalid. */
export interface BadHeader {
  name: string
  /** The fault of its value; absent if the header is missing. */
  fault?: string
}

/** Returns the first documented header of a response that is missing or invalid. */
export function findBadHeader(response: ReceivedResponse, context: Context, exchange: Exchange): BadHeader | undefined {
  if (!isAddressed(exchange, context)) return undefined
  const { headers = {} } = findResponse(response.status, context) ?? {}
  for (const [name, reference] of Object.entries(headers)) {
    const { required, schema = {} } = resolveSchema(context.contract.description, reference) as HeaderObject
    const text = headerOf(response, name.toLowerCase())
    // Few descriptions say that a header is required, but clients rely on it.
    if (text === undefined) {
      if (required === true || (response.status < 400 && !occasional.test(name))) return { name }
      continue
    }
    const { type } = resolveSchema(context.contract.description, schema)
    const value = type === 'integer' || type === 'number' ? Number(text) : type === 'boolean' ? text === 'true' : text
    const whole = selfContained(context.contract.description, schema, 'response')
    const [problem] = context.schemaJudge(whole, value)
    if (problem) return { name, fault: problem.message }
  }
  return undefined
}

/** Headers that a response has in some cases only. */
const occasional = /^(link|retry-after|content-range|deprecation|sunset|age|last-modified|warning|set-cookie)$/i

/** Returns the first property of a request's side in a response, for example a password. */
export function findWriteOnly(value: unknown, schema: unknown, description: OpenAPI, pointer = ''): string | undefined {
  const { properties, items } = flattenSchema(description, schema)
  if (Array.isArray(value))
    return items && findFirst(value, (one) => findWriteOnly(one, items, description, `${pointer}/0`))
  if (!isObject(value)) return undefined
  return findFirst(Object.entries(value), ([name, member]) => {
    const property = properties[name]
    if (property === undefined) return undefined
    const { keywords } = flattenSchema(description, property)
    const place = `${pointer}/${name}`
    return keywords['writeOnly'] === true ? place : findWriteOnly(member, property, description, place)
  })
}

/** Names of properties that no response has by accident. */
const secretName = /pass(word|wd)|secret|token|hash|salt|api_?key|internal|stack|trace|debug|ssn|credit/i

const otherRows: CheckRow[] = [
  {
    id: 'RS-08',
    title: 'Every success fits its schema',
    harm: 'client-breaks',
    for: 'other',
    source: 'OpenAPI description, schemas of the responses',
    remediation: 'Send every required property, with the type and the format that the schema names.',
    plan: planNothing,
    judge: judgeEachResponse('fail', findBadSuccess, { driftClass: 'response-type-changed' }),
  },
  {
    id: 'RS-09',
    title: 'Every response has its documented headers',
    harm: 'client-breaks',
    for: 'other',
    source: 'OpenAPI description, headers of the responses',
    remediation: 'Send each documented header, with a value that fits its schema.',
    plan: planNothing,
    judge: judgeAspect(
      'headers',
      judgeEachResponse('fail', (response, context, exchange) => {
        const { name, fault } = findBadHeader(response, context, exchange) ?? {}
        if (name === undefined) return false
        return fault === undefined
          ? `saw ${response.status} without ${name}, expected it`
          : `saw an invalid ${name} in ${response.status}: ${fault}`
      }),
    ),
  },
  {
    id: 'RS-10',
    title: 'No response has a property that only requests have',
    harm: 'security',
    for: 'other',
    needs: ['behavior'],
    source: 'OpenAPI description, writeOnly',
    remediation: 'Leave passwords and the like out of responses.',
    plan: planNothing,
    judge: judgeEachResponse('fail', ({ status }, context, exchange) => {
      const schema = findSchema(status, context)
      const place = schema && findWriteOnly(parseJson(exchange), schema, context.contract.description)
      return place !== undefined && `saw ${place} in ${status}, expected it in requests only`
    }),
  },
  {
    id: 'RS-12',
    title: 'A file has the form of its media type',
    harm: 'wrong-data',
    for: 'safe',
    needs: ['behavior'],
    source: 'RFC 9110, section 8.3; WHATWG MIME Sniffing, section 6',
    remediation: 'Send the file itself, and report an error with the status of an error.',
    plan: planNothing,
    judge: judgeEachResponse('fail', (response, _, { request }) => request.method === 'GET' && findOtherFile(response)),
  },
  {
    id: 'RS-11',
    title: 'No response has an undocumented property that looks secret',
    harm: 'security',
    for: 'other',
    source: 'OWASP API Security Top 10 2023, API3',
    remediation: 'List the properties of a response one by one instead of sending the whole record.',
    plan: planNothing,
    judge: judgeEachResponse('fail', ({ status }, context, exchange) => {
      const schema = findSchema(status, context)
      const value = parseJson(exchange)
      if (!schema || value === undefined || !isAddressed(exchange, context)) return false
      const place = findUndocumented(exchange, value, schema)
      return place !== undefined && secretName.test(place) && `saw ${place} in ${status}, expected no secret`
    }),
  },
]

/** The bytes that files of these media types begin with. */
const signatures: readonly [mediaType: RegExp, bytes: RegExp][] = [
  [/^application\/pdf/, /^%PDF-/],
  [/^image\/png/, /^\u0089PNG/],
  [/^image\/jpeg/, /^\u00FF\u00D8\u00FF/],
  [/^image\/gif/, /^GIF8/],
  [/^application\/zip|openxmlformats/, /^PK/],
  [/^application\/gzip/, /^\u001F\u008B/],
]

/** Complains about a file that begins like a file of another media type. */
function findOtherFile(response: ReceivedResponse): string | false {
  const mediaType = mediaTypeOf(response) ?? ''
  const [, bytes] = signatures.find(([type]) => type.test(mediaType)) ?? []
  const start = response.body.subarray(0, 8).toString('latin1')
  const isOther = response.status === 200 && start !== '' && bytes?.test(start) === false
  return isOther && `saw another file than ${mediaType}, expected one that begins as such`
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
    for: 'any',
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
          const place = findUndocumented(exchange, value, schema)
          return place !== undefined && `saw ${place} in ${status}, expected documented properties only`
        },
        { driftClass: 'response-undocumented-property' },
      )(exchanges, context),
  },
  {
    id: 'RS-05',
    title: 'A response declared as JSON is valid JSON',
    harm: 'client-breaks',
    for: 'any',
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
  ...otherRows,
])
