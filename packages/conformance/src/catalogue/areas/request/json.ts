import { isObject } from '@livepeer-ai/openapi'
import type { Check, Context } from '../../../check.ts'
import type { RequestPlan } from '../../../request-plan.ts'
import { flattenSchema } from '../../../samples/values/flatten-schema.ts'
import { generateValue } from '../../../samples/values/generate-value.ts'
import { listAlternatives, toEdge, type Variation } from '../../../samples/values/vary-value.ts'
import { defineChecks } from '../../define-checks.ts'
import { findSchema, judgeAccepted, judgeEach, matchesStatus, parseJson, type Judge } from '../../judgements.ts'
import { judgeAnswered, planBodyViolations, planRejected, sampleOf } from '../../rejections.ts'
import { planAccepted, withBase } from '../../subject.ts'
import { writtenIn } from '../resource/chains.ts'
import { isItem, judgeMinimal, toMinimal } from '../resource/minimal.ts'
import { findDifference, itemIn } from '../resource/same-value.ts'
import { judgeRejected } from './judge-rejected.ts'

/** Returns a plan of one request for each violation by one of these keywords. */
const planViolations =
  (...keywords: string[]) =>
  (context: Context): RequestPlan[] =>
    planBodyViolations(context, ({ keyword }: Variation) => keywords.includes(keyword))

/** Returns valid requests with these bodies; those that the schema forbids are left out. */
function planBodies(context: Context, bodies: readonly unknown[]): RequestPlan[] {
  const sample = sampleOf(context)
  const { body } = sample
  const schema = body && context.contract.schemas[sample.operation.operationId]?.request[body.mediaType]
  if (!body || !schema) return []
  const usual = JSON.stringify(body.value)
  const different = new Map(bodies.map((value) => [JSON.stringify(value), value]))
  const variants = [...different]
    .filter(([text, value]) => text !== usual && context.schemaJudge(schema, value).length === 0)
    .map(([, value]) => planAccepted(sample, { body: value }, 'a valid body'))
  return withBase(sample, variants)
}

/** Returns the body of a sample as a text with a change. */
function planText(context: Context, change: (json: string) => string, words: string, isValid = false): RequestPlan {
  const sample = sampleOf(context)
  const { writes, bindings } = isValid ? planAccepted(sample, {}) : planRejected(sample, words, {})
  const type = sample.body?.mediaType ?? 'application/json'
  const bytes = Buffer.from(change(JSON.stringify(sample.body?.value)))
  return { ...planRejected(sample, words, {}), body: { bytes, type }, isOdd: true, writes, bindings }
}

const deepJson = `${'['.repeat(2000)}${']'.repeat(2000)}`

const rejected: Pick<Check, 'harm' | 'for' | 'isDivisible' | 'judge'> = {
  harm: 'client-breaks',
  for: 'json',
  isDivisible: true,
  judge: judgeRejected,
}

/** Plans bodies with each number and text at its bounds. */
function planEdges(context: Context): RequestPlan[] {
  const { body, description } = sampleOf(context)
  const ends = ['low', 'high'] as const
  return planBodies(
    context,
    ends.map((end) => toEdge(description, body?.schema, body?.value, end)),
  )
}

/** Plans a body for each other value of an enumeration, and for null. */
function planAlternatives(context: Context): RequestPlan[] {
  const { body, description } = sampleOf(context)
  const others = listAlternatives(description, body?.schema, body?.value)
  return planBodies(
    context,
    others.slice(0, 6).map(({ value }) => value),
  )
}

/** Plans a body with characters that a wrong encoding or an escape changes. */
function planUnusual(context: Context): RequestPlan[] {
  const { body, description } = sampleOf(context)
  const { value } = body ?? {}
  if (!isObject(value)) return []
  const { properties } = flattenSchema(description, body?.schema)
  const isFree = (name: string) => {
    const { keywords } = flattenSchema(description, properties[name])
    return !['enum', 'const', 'format', 'pattern'].some((keyword) => keyword in keywords) && !/id$/i.test(name)
  }
  const name = Object.keys(value).find((one) => typeof value[one] === 'string' && isFree(one))
  return name === undefined ? [] : planBodies(context, [{ ...value, [name]: 'Zo\u00EB & <b> \u6F22\u{1F600}' }])
}

/** Plans a body with a number that a narrower type rounds, where no maximum forbids it. */
function planLarge(context: Context): RequestPlan[] {
  const { body, description } = sampleOf(context)
  const { value } = body ?? {}
  if (!isObject(value)) return []
  const { properties } = flattenSchema(description, body?.schema)
  const large = Object.keys(value).flatMap((name): [string, number][] => {
    const { type, keywords } = flattenSchema(description, properties[name])
    const isFree =
      type === 'integer' &&
      !['maximum', 'exclusiveMaximum', 'multipleOf', 'enum', 'const'].some((one) => one in keywords)
    return isFree && !/id$/i.test(name) ? [[name, keywords['format'] === 'int64' ? 2 ** 53 - 1 : 1_000_000_007]] : []
  })
  return large.length > 0 ? planBodies(context, [{ ...value, ...Object.fromEntries(large) }]) : []
}

/** Fails a success that shows another value than the one that was written. */
const judgeEcho: Judge = (exchanges, context) =>
  judgeEach('fail', (exchange) => {
    const shown = parseJson(exchange)
    if (!matchesStatus(exchange.response?.status, ['2xx']) || !isObject(shown)) return false
    const written = writtenIn(sampleOf(context), exchange)
    const item = itemIn(shown, written)
    if (!isObject(item) || !isItem(context, item)) return false
    const difference = findDifference(written, item)
    return difference !== undefined && `saw ${difference}, expected what was written`
  })(exchanges, context)

/** Checks of bodies in JSON. */
export const jsonChecks: Check[] = defineChecks('json', [
  {
    ...rejected,
    id: 'JB-01',
    title: 'A body that is no JSON is rejected',
    source: 'RFC 8259, section 2',
    remediation: 'Answer 400 if the body cannot be parsed.',
    plan: (context) => [planText(context, (json) => json.slice(0, -1), 'truncated JSON')],
  },
  {
    id: 'JB-02',
    title: 'A body with its required properties alone is accepted',
    harm: 'client-breaks',
    for: 'json',
    source: 'OpenAPI description, requestBody: required',
    remediation: 'Require what the description requires, and no more.',
    plan: (context) => {
      const body = toMinimal(context)
      return body ? planBodies(context, [body]) : []
    },
    judge: judgeMinimal,
  },
  {
    id: 'JB-03',
    title: 'A property that only responses have is ignored or rejected',
    harm: 'wrong-data',
    for: 'json',
    needs: ['behavior'],
    source: 'OpenAPI description, readOnly',
    remediation: 'Copy the properties that clients may set one by one.',
    plan: (context) => {
      const sample = sampleOf(context)
      const forged = forge(context)
      if (Object.keys(forged).length === 0 || !isObject(sample.body?.value)) return []
      const body = { ...sample.body.value, ...forged }
      return [{ ...planAccepted(sample, { body }), writes: true, isOdd: true }]
    },
    judge: (exchanges, context) => {
      const forged = forge(context)
      return judgeEach('fail', (exchange) => {
        const value = parseJson(exchange)
        if (!isObject(value)) return false
        const name = Object.keys(forged).find((one) => value[one] === forged[one])
        return name !== undefined && `saw the value of the client for ${name}, expected that of the server`
      })(exchanges, context)
    },
  },
  {
    ...rejected,
    id: 'JB-13',
    title: 'Unusual JSON causes no server error',
    source: 'RFC 8259, section 9; CWE-674',
    remediation: 'Limit the depth and the size of bodies, and reject what exceeds them.',
    plan: (context) => {
      const value = sampleOf(context).body?.value
      const text = isObject(value) ? Object.keys(value).find((name) => typeof value[name] === 'string') : undefined
      const unusual = { constructor: null, ...(value as object), [text ?? 'x']: `'";--\\ \u0000é漢😀<x>` }
      return [
        planText(context, () => deepJson, 'deeply nested JSON'),
        planText(context, () => JSON.stringify(unusual), 'unusual names and characters', true),
      ]
    },
    judge: judgeAnswered,
  },
  {
    id: 'JB-10',
    title: 'Values at their bounds are accepted',
    harm: 'client-breaks',
    for: 'json',
    source: 'OpenAPI description, requestBody: bounds are inclusive',
    remediation: 'Compare with <= and >= where the description says minimum and maximum.',
    plan: planEdges,
    judge: judgeAccepted,
  },
  {
    id: 'JB-11',
    title: 'Each value of an enumeration is accepted, and null where it is allowed',
    harm: 'client-breaks',
    for: 'json',
    source: 'OpenAPI description, requestBody: enum and null',
    remediation: 'Handle each documented value, or remove it from the description.',
    plan: planAlternatives,
    judge: judgeAccepted,
  },
  {
    id: 'JB-15',
    title: 'Texts, numbers and null are shown as they were written',
    harm: 'wrong-data',
    for: 'json',
    needs: ['behavior'],
    source: 'RFC 9110, section 9.3.3',
    remediation:
      'Store values as they are: cut and escape no text, round no number, and keep null apart from an empty text.',
    plan: (context) => [planEdges, planAlternatives, planUnusual, planLarge].flatMap((plan) => plan(context).slice(1)),
    judge: judgeEcho,
  },
  {
    ...rejected,
    id: 'JB-04',
    title: 'A body without a required property is rejected',
    source: 'OpenAPI description, requestBody: required',
    remediation: 'Answer 400 or 422, and name the missing property.',
    plan: planViolations('required'),
  },
  {
    ...rejected,
    id: 'JB-05',
    title: 'An unknown property is rejected if the schema is closed',
    source: 'OpenAPI description, requestBody: additionalProperties',
    remediation: 'Reject unknown properties, or allow them in the description.',
    plan: planViolations('additionalProperties'),
  },
  {
    ...rejected,
    id: 'JB-06',
    title: 'A number outside its bounds is rejected',
    source: 'OpenAPI description, requestBody: minimum, maximum and multipleOf',
    remediation: 'Check both bounds of each number.',
    plan: planViolations('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'),
  },
  {
    ...rejected,
    id: 'JB-07',
    title: 'A text of another length, pattern or format is rejected',
    source: 'OpenAPI description, requestBody: lengths, pattern and format',
    remediation: 'Check each keyword of the schema, and answer 400 or 422.',
    plan: planViolations('minLength', 'maxLength', 'pattern', 'format'),
  },
  {
    ...rejected,
    id: 'JB-08',
    title: 'A value outside its enumeration is rejected',
    source: 'OpenAPI description, requestBody: enum',
    remediation: 'Answer 400 or 422 for an unknown value.',
    plan: planViolations('enum', 'const'),
  },
  {
    ...rejected,
    id: 'JB-09',
    title: 'A list or an object of another size is rejected',
    source: 'OpenAPI description, requestBody: items and properties',
    remediation: 'Check the number of the items, and that they are different where the schema says so.',
    plan: planViolations('minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties'),
  },
  {
    ...rejected,
    id: 'JB-12',
    title: 'A property of another type is rejected',
    source: 'OpenAPI description, requestBody: type',
    remediation: 'Check the type of each property instead of converting it.',
    plan: planViolations('type'),
  },
  {
    ...rejected,
    id: 'JB-14',
    title: 'Null is rejected where the description does not allow it',
    source: 'OpenAPI description, requestBody: type',
    remediation: 'Tell null from a missing property, and answer 400 or 422.',
    plan: (context) => planBodyViolations(context, ({ keyword, pointer }) => keyword === 'nullable' && pointer !== ''),
  },
])

/** Returns values of a client for the properties that only responses have. */
function forge(context: Context): Record<string, unknown> {
  const { body, description } = sampleOf(context)
  const { properties } = flattenSchema(description, body?.schema)
  const isClosed = flattenSchema(description, body?.schema).keywords['additionalProperties'] === false
  const status = Object.keys(context.operation.responses).find((one) => one.startsWith('2'))
  const answered = flattenSchema(description, findSchema(Number(status), context)).properties
  const own = Object.entries(isClosed ? properties : { ...answered, ...properties }).filter(
    ([, property]) => flattenSchema(description, property).keywords['readOnly'] === true,
  )
  return Object.fromEntries(
    own.map(([name, property]) => {
      const { type } = flattenSchema(description, property)
      const value = generateValue(property, { description, number: 77, ignoresExamples: true }, `forged ${name}`)
      return [name, type === 'integer' || type === 'number' ? 987_654 : value]
    }),
  )
}
