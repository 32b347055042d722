import type { Operation } from '@livepeer-ai/openapi'
import type { Clips } from '../audio/clips.ts'
import type { Subject } from '../check.ts'
import type { RequestPlan } from '../request-plan.ts'
import { findResource } from '../samples/find-resource.ts'
import type { Sample } from '../samples/sample.ts'
import { toRequest, type SampleChanges } from '../samples/to-request.ts'
import { formWithoutAudio, refusedUpload, upload } from './requests.ts'

/** Returns audio-to-text, whose valid request is the upload of the shortest recording. */
export const toRecordingSubject = (operation: Operation, { short }: Clips): Subject => ({
  operation,
  valid: (changes) => upload(short, {}, changes),
  refused: (changes) => refusedUpload(short, {}, changes),
  invalid: formWithoutAudio,
})

/** Returns an operation with the requests that its sample makes. */
export function toSubject(sample: Sample, samples: Iterable<Sample>): Subject {
  const { operation } = sample
  return {
    operation,
    sample,
    resource: findResource(operation, samples),
    valid: (changes) => change(toValidRequest(sample), changes),
    refused: (changes) => change(toRequest(sample), changes),
    invalid: (changes) => change(toInvalidRequest(sample), changes),
  }
}

/** Returns true for a method that changes nothing. */
const isSafeMethod = (method: string): boolean => ['GET', 'HEAD', 'OPTIONS'].includes(method)

/** Returns true for a request that changes data and is not marked as repeatable. */
const changesData = ({ operation, source }: Sample): true | undefined =>
  isSafeMethod(operation.method) || source['x-conformance'] === 'repeatable' ? undefined : true

/** Returns the request of a sample. An item that it uses up is created for it. */
export function toValidRequest(sample: Sample): RequestPlan {
  const { operation } = sample
  const plan = toRequest(sample)
  if (isSafeMethod(operation.method)) return plan
  const usesUp = operation.method === 'DELETE' || operation.method === 'POST'
  const bindings = usesUp && plan.bindings ? toFresh(plan.bindings) : plan.bindings
  return { ...plan, writes: changesData(sample), bindings }
}

/** Returns a valid request with changes that stay valid. */
export function planAccepted(sample: Sample, changes: SampleChanges, words?: string): RequestPlan {
  const { bindings, writes } = toValidRequest(sample)
  return {
    ...toRequest(sample, changes),
    bindings,
    writes,
    words,
  }
}

/** Returns variants after the valid request that they change; nothing without variants. */
export const withBase = (sample: Sample, variants: readonly RequestPlan[]): RequestPlan[] =>
  variants.length > 0 ? [toValidRequest(sample), ...variants] : []

/** Returns bindings whose items are created for one request alone. */
const toFresh = (bindings: NonNullable<RequestPlan['bindings']>): NonNullable<RequestPlan['bindings']> =>
  Object.fromEntries(
    Object.entries(bindings).map(([name, binding]) => [
      name,
      typeof binding.from !== 'number' && binding.from.writes ? { ...binding, isFresh: true as const } : binding,
    ]),
  )

function toInvalidRequest(sample: Sample): RequestPlan {
  const plan = toRequest(sample)
  const { mediaType = '' } = sample.body ?? {}
  if (mediaType === 'multipart/form-data') return { ...plan, body: { parts: [] } }
  if (sample.body) return { ...plan, body: { bytes: Buffer.from('{'), type: mediaType } }
  return { ...plan, credentials: null }
}

/** Adds the headers of a change to those of the request. */
const change = (plan: RequestPlan, changes: Partial<RequestPlan> = {}): RequestPlan => ({
  ...plan,
  ...changes,
  headers: (plan.headers ?? changes.headers) ? { ...plan.headers, ...changes.headers } : undefined,
})
