import { isObject } from '@livepeer-ai/openapi'
import type { Context } from '../../../check.ts'
import { flattenSchema } from '../../../samples/values/flatten-schema.ts'
import { judgeAccepted, judgeAll, judgeEach, parseJson, type Judge } from '../../judgements.ts'
import { sampleOf } from '../../rejections.ts'
import { findDifference } from '../resource/same-value.ts'

/** Returns the body of a sample with its required properties alone, or undefined. */
export function toMinimal(context: Context): Record<string, unknown> | undefined {
  const { body, description } = sampleOf(context)
  const { value } = body ?? {}
  const { required } = flattenSchema(description, body?.schema)
  return isObject(value) ? Object.fromEntries(required.map((name) => [name, value[name]])) : undefined
}

const judgeDefaults: Judge = judgeEach('fail', (exchange, context) => {
  const { body, description } = sampleOf(context)
  const shown = parseJson(exchange)
  const { properties, required } = flattenSchema(description, body?.schema)
  if (!isObject(shown)) return false
  const name = Object.keys(properties).find((one) => {
    const { default: value } = flattenSchema(description, properties[one]).keywords
    return value !== undefined && !required.includes(one) && one in shown && findDifference(value, shown[one])
  })
  return name !== undefined && `saw another ${name}, expected its documented default`
})

/** Passes for a response in which the properties that were left out have their defaults. */
export const judgeMinimal: Judge = judgeAll(judgeAccepted, ([, ...variants], context) =>
  judgeDefaults(variants, context),
)
