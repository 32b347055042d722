import { isObject } from '@livepeer-ai/openapi'
import type { Context } from '../../../check.ts'
import { flattenSchema } from '../../../samples/values/flatten-schema.ts'
import { judgeAccepted, judgeAll, judgeEach, parseJson, type Judge } from '../../judgements.ts'
import { sampleOf } from '../../rejections.ts'
import { findDifference } from './same-value.ts'

/** Returns the body of a sample with its required properties alone, or undefined. */
export function toMinimal(context: Context): Record<string, unknown> | undefined {
  const { body, description } = sampleOf(context)
  const { value } = body ?? {}
  const { required } = flattenSchema(description, body?.schema)
  return isObject(value) ? Object.fromEntries(required.map((name) => [name, value[name]])) : undefined
}

/**
 * Returns true if a response shows all that the request had to send, so that it is about the same
 * item. The answer to a question may share only some names with it.
 */
export function isItem(context: Context, shown: Record<string, unknown>): boolean {
  const { body, description } = sampleOf(context)
  const { required, properties } = flattenSchema(description, body?.schema)
  const isReadable = (name: string) =>
    body?.files[name] === undefined && flattenSchema(description, properties[name]).keywords['writeOnly'] !== true
  return required.filter(isReadable).every((name) => name in shown)
}

const judgeDefaults: Judge = judgeEach('fail', (exchange, context) => {
  const { body, description } = sampleOf(context)
  const shown = parseJson(exchange)
  const { properties, required } = flattenSchema(description, body?.schema)
  if (!isObject(shown) || !isItem(context, shown)) return false
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
