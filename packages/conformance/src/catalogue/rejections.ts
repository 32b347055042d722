import type { Context } from '../check.ts'
import type { RequestPlan } from '../request-plan.ts'
import { toText } from '../samples/parameters.ts'
import type { Sample } from '../samples/sample.ts'
import { toRequest, type SampleChanges } from '../samples/to-request.ts'
import { listViolations, type Variation } from '../samples/values/vary-value.ts'
import { judgeStatus, type Judge } from './judgements.ts'

/** Passes for each status but a server error. */
export const judgeAnswered: Judge = judgeStatus({ pass: ['2xx', '3xx', '4xx'] })

export const shorten = (text: string): string => (text.length > 120 ? `${text.slice(0, 119)}…` : text)

/** Returns the sample of a context. */
export function sampleOf({ sample }: Context): Sample {
  if (!sample) throw new Error('this operation has no sample')
  return sample
}

/** Returns a request of the sample that a conforming server rejects. */
export const planRejected = (sample: Sample, words: string, changes: SampleChanges): RequestPlan => ({
  ...toRequest(sample, changes),
  words,
})

/** Plans one request for each violation of the body by one of these keywords. */
export function planBodyViolations(context: Context, isMeant: (variation: Variation) => boolean): RequestPlan[] {
  const sample = sampleOf(context)
  const { body, description } = sample
  const schema = body && context.contract.schemas[sample.operation.operationId]?.request[body.mediaType]
  if (!body?.schema || !schema) return []
  return listViolations(description, body.schema, body.value)
    .filter((variation) => isMeant(variation) && context.schemaJudge(schema, variation.value).length > 0)
    .toSorted((one, other) => depthOf(one) - depthOf(other))
    .map(({ value, words }) => planRejected(sample, words, { body: value }))
}

/** Items of a list come last. */
const depthOf = ({ pointer }: Variation): number => pointer.split('/').length

/** Returns true if a text is no valid value of a parameter, even as a number or a truth value. */
export function isInvalidText(
  context: Context,
  schema: Parameters<Context['schemaJudge']>[0],
  value: unknown,
): boolean {
  if (Array.isArray(value)) {
    const texts = value.map((item) => toText(item))
    const numbers = texts.map(Number)
    return [texts, ...(numbers.some(Number.isNaN) ? [] : [numbers])].every(
      (one) => context.schemaJudge(schema, one).length > 0,
    )
  }
  const text = toText(value)
  const read = [text, ...(text.trim() !== '' && !Number.isNaN(Number(text)) ? [Number(text)] : [])]
  if (text === 'true' || text === 'false') return false
  return read.every((one) => context.schemaJudge(schema, one).length > 0)
}
