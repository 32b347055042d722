import type { Operation } from '@livepeer-ai/openapi'
import type { Clips } from '../audio/clips.ts'
import type { Subject } from '../check.ts'
import type { Binding, RequestPlan } from '../request-plan.ts'
import { findContent, findResource } from '../samples/find-resource.ts'
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
  const requires = findFilling(sample, samples)
  return {
    operation,
    sample,
    resource: findResource(operation, samples),
    content: findContent(sample, samples),
    valid: (changes) => change({ ...toValidRequest(sample), ...(requires.length > 0 && { requires }) }, changes),
    refused: (changes) => change(toRequest(sample), changes),
    invalid: (changes) => change(toInvalidRequest(sample), changes),
  }
}

/** Returns true for a method that changes nothing. */
const isSafeMethod = (method: string): boolean => ['GET', 'HEAD', 'OPTIONS'].includes(method)

/** Returns true for a request that changes data and is not marked as repeatable. */
const changesData = ({ operation, source }: Sample): true | undefined =>
  isSafeMethod(operation.method) || source['x-conformance'] === 'repeatable' ? undefined : true

/**
 * Returns the request of a sample. An item that it uses up is created for it, and the items that
 * it changes are its own.
 */
export function toValidRequest(sample: Sample): RequestPlan {
  const { operation } = sample
  const plan = toRequest(sample)
  if (isSafeMethod(operation.method)) return plan
  const usesUp = operation.method === 'DELETE' || operation.method === 'POST'
  const bindings = plan.bindings && mapCreated(plan.bindings, usesUp ? toFresh : toOwn)
  return { ...plan, writes: changesData(sample), bindings }
}

/** Returns the request that stores what a GET of the same path returns; none if there is no PUT. */
function findFilling({ operation, bindings }: Sample, samples: Iterable<Sample>): RequestPlan[] {
  if (operation.method !== 'GET' || Object.keys(bindings).length === 0) return []
  const put = [...samples].find((one) => one.operation.method === 'PUT' && one.operation.path === operation.path)
  return put?.body && !operation.path.endsWith('}') ? [{ ...toRequest(put), writes: true }] : []
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

/** Changes the bindings to items that the run creates. */
const mapCreated = (
  bindings: NonNullable<RequestPlan['bindings']>,
  change: (binding: Binding, from: RequestPlan) => Binding,
): NonNullable<RequestPlan['bindings']> =>
  Object.fromEntries(
    Object.entries(bindings).map(([name, binding]) => [
      name,
      typeof binding.from !== 'number' && binding.from.writes ? change(binding, binding.from) : binding,
    ]),
  )

/** Returns a binding to an item that is created for one request alone. */
const toFresh = (binding: Binding): Binding => ({ ...binding, isFresh: true })

/** Returns a binding to an item that only changes use: readers and orders keep theirs. */
const toOwn = (binding: Binding, from: RequestPlan): Binding => ({ ...binding, from: { ...from, copy: 1 } })

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
