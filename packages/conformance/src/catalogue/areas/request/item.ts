import { isObject } from '@livepeer-ai/openapi'
import type { Check, Context } from '../../../check.ts'
import { selfContained } from '../../../description/self-contained.ts'
import type { RequestPlan } from '../../../request-plan.ts'
import type { Parameter } from '../../../samples/parameters.ts'
import { flattenSchema } from '../../../samples/values/flatten-schema.ts'
import { fromPattern } from '../../../samples/values/from-pattern.ts'
import { listViolations } from '../../../samples/values/vary-value.ts'
import { defineChecks } from '../../define-checks.ts'
import { judgeEachResponse, judgeStatus, parseJson } from '../../judgements.ts'
import { isInvalidText, judgeAnswered, planRejected, sampleOf } from '../../rejections.ts'

/** Returns a valid id that no item has; undefined if each valid value exists. */
function makeUnknown({ schema }: Parameter, context: Context): string | number | undefined {
  const { description } = sampleOf(context)
  const { type, keywords } = flattenSchema(description, schema)
  const {
    pattern,
    format,
    maximum,
    maxLength = 40,
    minLength = 0,
  } = keywords as {
    pattern?: string
    format?: string
    maximum?: number
    maxLength?: number
    minLength?: number
  }
  if ('enum' in keywords || 'const' in keywords) return undefined
  if (type === 'integer' || type === 'number') return Math.min(maximum ?? Infinity, 987_654_321)
  if (format === 'uuid') return '00000000-0000-4000-8000-00000000dead'
  if (pattern !== undefined) return fromPattern(pattern, 987_654_321_987)
  return format === undefined ? 'no-such-item'.padEnd(minLength, 'x').slice(0, maxLength) : undefined
}

/** Lists the parameters of the path. */
const listOwn = (context: Context): Parameter[] => sampleOf(context).parameters.filter((one) => one.in === 'path')

const planWith = (context: Context, { name }: Parameter, value: unknown): RequestPlan =>
  planRejected(sampleOf(context), `${name} as ${String(value)}`, { values: { [`path.${name}`]: value } })

/** Checks of the parameters in paths. */
export const itemChecks: Check[] = defineChecks('item', [
  {
    id: 'PT-01',
    title: 'An item that does not exist gets 404',
    harm: 'client-breaks',
    for: 'item',
    needs: ['behavior'],
    source: 'RFC 9110, section 15.5.5',
    remediation: 'Answer 404 for an id that no item has, whatever the method.',
    plan: (context) =>
      listOwn(context).flatMap((one) => {
        const value = makeUnknown(one, context)
        return value === undefined ? [] : [planWith(context, one, value)]
      }),
    judge: judgeStatus({ pass: [404, 410], note: [400, 422] }),
  },
  {
    id: 'PT-02',
    title: 'An id that cannot exist is rejected',
    harm: 'client-breaks',
    for: 'item',
    source: 'OpenAPI description, parameters: schema',
    remediation: 'Answer 400, 404 or 422 for an id that does not fit its schema.',
    plan: (context) =>
      listOwn(context).flatMap((one) => {
        const { description } = sampleOf(context)
        const whole = selfContained(description, one.schema, 'request')
        const violation = listViolations(description, one.schema, makeUnknown(one, context) ?? 'x').find(
          ({ keyword, value }) =>
            value !== '' && value !== null && keyword !== 'minLength' && isInvalidText(context, whole, value),
        )
        return violation ? [{ ...planWith(context, one, violation.value), isOdd: true as const }] : []
      }),
    judge: judgeStatus({ pass: [400, 404, 422] }),
  },
  {
    id: 'PT-03',
    title: 'Unusual characters in a path cause no server error',
    harm: 'client-breaks',
    for: 'item',
    source: 'RFC 3986, section 2.1; CWE-22',
    remediation: 'Decode a segment once, after the path is split, and treat it as an id only.',
    plan: (context) => {
      const [last] = listOwn(context).slice(-1)
      if (!last) return []
      const plan = planWith(context, last, 'ODD')
      return ['..%2F..%2Fetc%2Fpasswd', '%00%27%22', '%E0%A4%A'].map((odd) => ({
        ...plan,
        target: plan.target?.replace('ODD', odd),
        isOdd: true as const,
      }))
    },
    judge: judgeAnswered,
  },
  {
    id: 'PT-04',
    title: 'An item has the id of its path',
    harm: 'wrong-data',
    for: 'read',
    needs: ['behavior'],
    source: 'RFC 9110, section 9.3.1',
    remediation: 'Look the item up by the id in the path, and return the item that was found.',
    plan: ({ valid }) => [valid()],
    judge: judgeEachResponse('fail', ({ status }, context, exchange) => {
      const [last] = listOwn(context).slice(-1)
      const body = parseJson(exchange)
      if (status !== 200 || !isObject(body) || !last || !/^_?id$|[a-z]Id$|_id$/.test(last.name)) return false
      const id = body['id'] ?? body[last.name]
      const asked = decodeURIComponent(exchange.request.target.split(/[?#]/, 1).join('').split('/').at(-1) ?? '')
      const isScalar = typeof id === 'string' || typeof id === 'number'
      return isScalar && String(id).toLowerCase() !== asked.toLowerCase() && 'saw another id, expected that of the path'
    }),
  },
])
