import type { Check, Context } from '../../../check.ts'
import { selfContained } from '../../../description/self-contained.ts'
import type { Exchange } from '../../../exchange.ts'
import type { RequestPlan } from '../../../request-plan.ts'
import { keyOf, type Parameter } from '../../../samples/parameters.ts'
import type { Sample } from '../../../samples/sample.ts'
import { flattenSchema } from '../../../samples/values/flatten-schema.ts'
import { generateValue } from '../../../samples/values/generate-value.ts'
import { listAlternatives, listViolations, toEdge } from '../../../samples/values/vary-value.ts'
import { defineChecks } from '../../define-checks.ts'
import { exchangeAt, findBadStatuses, judgeAccepted } from '../../judgements.ts'
import { isInvalidText, judgeAnswered, planRejected, sampleOf } from '../../rejections.ts'
import { planAccepted, withBase } from '../../subject.ts'
import { judgeRejected } from './judge-rejected.ts'

/** Parameters whose values only the server knows, or that change the meaning of the response. */
const opaque = /cursor|token|^(after|before|if-.*|range|idempotency.*|prefer|accept.*|authorization|cookie)$/i

/** Lists the parameters of the query and of headers. */
const listOwn = ({ parameters }: Sample): Parameter[] =>
  parameters.filter((one) => (one.in === 'query' || one.in === 'header') && !opaque.test(one.name))

/** Returns a valid value of a parameter, sent or not. */
const valueOf = ({ values, description }: Sample, one: Parameter): unknown =>
  values[keyOf(one)] ?? one.example ?? generateValue(one.schema, { description }, one.name)

/** Plans one request for each violation of a parameter by one of these keywords. */
function planViolations(context: Context, keywords: readonly string[]): RequestPlan[] {
  const sample = sampleOf(context)
  const { description } = sample
  return listOwn(sample).flatMap((one) => {
    const whole = selfContained(description, one.schema, 'request')
    const isList = flattenSchema(description, one.schema).type === 'array'
    return listViolations(description, one.schema, valueOf(sample, one))
      .filter(({ keyword, value, pointer }) => {
        if (!keywords.includes(keyword) || (keyword === 'type' && isList && pointer === '')) return false
        return isInvalidText(context, whole, value)
      })
      .map(({ value, words }) => {
        const message = `${one.in} parameter ${one.name} ${words.replace(/^(the body|\/\S*) ?/, '')}`
        return planRejected(sample, message, { values: { [keyOf(one)]: value } })
      })
  })
}

/** Plans valid requests with other values of the parameters; each is sent once. */
function planValid(context: Context, valuesOf: (one: Parameter, value: unknown) => unknown[]): RequestPlan[] {
  const sample = sampleOf(context)
  const variants = listOwn(sample).flatMap((one) => {
    const whole = selfContained(sample.description, one.schema, 'request')
    const usual = valueOf(sample, one)
    return valuesOf(one, usual)
      .filter((value) => value !== sample.values[keyOf(one)] && context.schemaJudge(whole, value).length === 0)
      .map((value) => planAccepted(sample, { values: { [keyOf(one)]: value } }, `${one.name}=${String(value)}`))
  })
  return withBase(sample, variants)
}

export const parametersChecks: Check[] = defineChecks('parameters', [
  {
    id: 'PA-01',
    title: 'A request without a required parameter is rejected',
    harm: 'client-breaks',
    for: 'parameters',
    source: 'OpenAPI description, parameters: required',
    remediation: 'Answer 400 or 422, and name the missing parameter.',
    plan: (context) => {
      const sample = sampleOf(context)
      return listOwn(sample)
        .filter(({ required }) => required)
        .map((one) =>
          planRejected(sample, `no ${one.in} parameter ${one.name}`, { values: { [keyOf(one)]: undefined } }),
        )
    },
    judge: judgeRejected,
  },
  {
    id: 'PA-02',
    title: 'A parameter of another type is rejected',
    harm: 'client-breaks',
    for: 'parameters',
    source: 'OpenAPI description, parameters: type',
    remediation: 'Parse the whole text of a parameter, and answer 400 or 422 if it is of another type.',
    plan: (context) => planViolations(context, ['type']),
    judge: judgeRejected,
  },
  {
    id: 'PA-03',
    title: 'A number outside its bounds is rejected',
    harm: 'client-breaks',
    for: 'parameters',
    source: 'OpenAPI description, parameters: minimum, maximum and multipleOf',
    remediation: 'Check both bounds of each number; a limit without a maximum lets one request cost as much as many.',
    plan: (context) =>
      planViolations(context, ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']),
    judge: judgeRejected,
  },
  {
    id: 'PA-04',
    title: 'A value outside its enumeration is rejected',
    harm: 'client-breaks',
    for: 'parameters',
    source: 'OpenAPI description, parameters: enum',
    remediation: 'Answer 400 or 422 instead of ignoring an unknown value.',
    plan: (context) => planViolations(context, ['enum', 'const']),
    judge: judgeRejected,
  },
  {
    id: 'PA-05',
    title: 'A text of another length, pattern or format is rejected',
    harm: 'client-breaks',
    for: 'parameters',
    source: 'OpenAPI description, parameters: lengths, pattern and format',
    remediation: 'Check each keyword of the schema, and answer 400 or 422.',
    plan: (context) =>
      planViolations(context, ['minLength', 'maxLength', 'pattern', 'format', 'minItems', 'maxItems', 'uniqueItems']),
    judge: judgeRejected,
  },
  {
    id: 'PA-06',
    title: 'Values at their bounds are accepted',
    harm: 'client-breaks',
    for: 'parameters',
    source: 'OpenAPI description, parameters: bounds are inclusive',
    remediation: 'Compare with <= and >= where the description says minimum and maximum.',
    plan: (context) =>
      planValid(context, ({ schema }, value) =>
        (['low', 'high'] as const)
          .map((end) => toEdge(sampleOf(context).description, schema, value, end))
          .filter((edge) => edge !== value),
      ),
    judge: judgeAccepted,
  },
  {
    id: 'PA-07',
    title: 'Each value of an enumeration is accepted',
    harm: 'client-breaks',
    for: 'parameters',
    source: 'OpenAPI description, parameters: enum',
    remediation: 'Handle each documented value, or remove it from the description.',
    plan: (context) =>
      planValid(context, ({ schema, name, example }, value) => [
        ...(isGuess(sampleOf(context), schema, name, example) ? [] : [value]),
        ...listAlternatives(sampleOf(context).description, schema, value)
          .slice(0, 5)
          .map((one) => one.value)
          .filter((one) => one !== null),
      ]),
    judge: judgeAccepted,
  },
  {
    id: 'PA-08',
    title: 'Unusual characters and repeated parameters cause no server error',
    harm: 'client-breaks',
    for: 'parameters',
    source: 'RFC 9110, section 15.6; CWE-20',
    remediation: 'Decode the query by a library, and bind values instead of pasting them into a statement.',
    plan: (context) => {
      const sample = sampleOf(context)
      const texts = listOwn(sample).filter(
        ({ schema, in: place }) => place === 'query' && flattenSchema(sample.description, schema).type === 'string',
      )
      const plain = toPlainQuery(sample)
      return [
        ...texts.map((one) => `${one.name}=${encodeURIComponent(makeOdd(sample, one))}`),
        ...listOwn(sample)
          .filter((one) => one.in === 'query')
          .slice(0, 1)
          .flatMap((one) => [`${one.name}=%00%FF`, `${one.name}=a&${one.name}=b&${one.name}[]=c`]),
      ].map((query): RequestPlan => ({ ...plain, target: `${plain.target}?${query}`, isOdd: true }))
    },
    judge: judgeAnswered,
  },
  {
    id: 'PA-09',
    title: 'An undocumented parameter of the query changes no status',
    harm: 'client-breaks',
    for: 'safe',
    source: 'OpenAPI description, parameters',
    remediation: 'Ignore query parameters that the operation does not have.',
    plan: (context) => [
      context.valid(),
      { ...planAccepted(sampleOf(context), { query: `${undocumented}=1` }), isOdd: true },
    ],
    judge: (exchanges) => {
      const status = exchangeAt(exchanges, 0).response?.status
      const other = exchanges.slice(1).filter(({ response }) => response?.status !== status)
      const isPolicy = ({ response }: Exchange) => response?.body.includes(undocumented) ?? false
      return other.flatMap((one) => {
        const mild = isPolicy(one) ? { note: [400, 422] } : {}
        return findBadStatuses([one], { pass: [status ?? 'any status'], ...mild, warn: ['2xx', '3xx', '4xx'] })
      })
    },
  },
])

/** Name of a parameter. A server whose message names it rejects it on purpose. */
const undocumented = 'undocumentedParameter'

/** Returns true for a text with a meaning that no schema shows, for example a sort key. */
function isGuess({ description }: Sample, schema: unknown, name: string, example: unknown): boolean {
  const { type, keywords } = flattenSchema(description, schema)
  const isFree = !['enum', 'const', 'format', 'pattern', 'default', 'example'].some((keyword) => keyword in keywords)
  return type === 'string' && isFree && example === undefined && !/^(q|query|search|name|title|text|term)$/i.test(name)
}

/** Returns a text of unusual characters, as long as the parameter allows it, and at most 300. */
function makeOdd({ description }: Sample, { schema }: Parameter): string {
  const { maxLength = 300 } = flattenSchema(description, schema).keywords as { maxLength?: number }
  return `'";--\\ %é漢<x>`.padEnd(300, 'y').slice(0, maxLength)
}

/** Returns the request without its query. */
function toPlainQuery(sample: Sample): RequestPlan {
  const plan = planAccepted(sample, {}, 'unusual characters')
  return { ...plan, target: plan.target?.split('?', 1).join('') }
}
