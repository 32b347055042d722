import type { OpenAPI } from '@livepeer-ai/openapi'
import { HttpError, textResponse, unprocessable, type Call } from '@livepeer-ai/server'
import type { FileNotes } from '../calls/noted-form.ts'
import { problemResponse } from '../calls/problem-response.ts'
import { violationsHeader } from '../calls/violations-header.ts'
import { createReadBody } from '../forms/read-body.ts'
import { inventTranscript, transcriptOperation } from './audio-to-text.ts'
import { createExampleChooser } from './choose-example.ts'
import { insist } from './insist.ts'
import { formatPreference, parsePreference } from './prefer.ts'
import type { EngineOptions, Preference, PrismEngine, Violation } from './prism.ts'
import { remember } from './remember.ts'
import { toIssues } from './to-issues.ts'
import { listHeaderParameters, toPrismRequest } from './to-prism-request.ts'

/** Answers a call as documented. `files` are the original files; the call may have stand-ins. */
export type Answer = (call: Call<FileNotes>, files: readonly { value: FileNotes }[]) => Promise<Response>

/** Returns a function that answers calls with Prism. A call may override `defaults`. */
export function createAnswer(
  description: OpenAPI,
  defaults: Preference,
  engine: PrismEngine,
  { report = () => {}, callbacks = false, ignoreExamples = false }: EngineOptions,
): Answer {
  const asked = insist(engine.answer, report)
  // A callback is sent with each answer.
  const prism = callbacks ? asked : remember(asked)
  const chooseExample = createExampleChooser(description)
  const parameters = listHeaderParameters(description)
  const readBody = createReadBody(description)

  return async (call, files) => {
    const requested = parsePreference(call.request)
    const preference = { ...defaults, ...requested }
    // For speech, Prism only validates the request and chooses the status.
    const isSpoken = preference.dynamic === true && call.operation.operationId === transcriptOperation
    const { example = ignoreExamples ? undefined : chooseExample(call, preference), dynamic } = preference
    const outcome = await prism(call.operation, toPrismRequest(call, readBody(call), parameters), {
      ...preference,
      example,
      dynamic: isSpoken ? false : dynamic,
    })
    if ('refusal' in outcome && outcome.refusal.status === 406) throw new HttpError(406, outcome.refusal.reason)
    if ('refusal' in outcome) return problemResponse(outcome.refusal.status, outcome.refusal.reason)
    if ('violations' in outcome) throw unprocessable(...toIssues(outcome.violations, Object.keys(call.pathParameters)))
    // A Response has no informational status, and the protocol to switch to is not known.
    if ('status' in outcome && outcome.status < 200)
      return problemResponse(426, `The mock does not switch protocols (${outcome.status}).`)
    if ('mismatches' in outcome) return mismatchResponse(outcome.mismatches)
    const text =
      isSpoken && outcome.status === 200
        ? JSON.stringify(inventTranscript(call.fields, files, preference.seed))
        : outcome.text
    const applied = Object.keys(requested).length ? { 'preference-applied': formatPreference(requested) } : {}
    return textResponse(text, { status: outcome.status, headers: { ...outcome.headers, ...applied } })
  }
}

/** Returns the error in place of a response that does not fit the description. */
function mismatchResponse(mismatches: Violation[]): Response {
  const validation = mismatches.map(({ message, code, path }) => ({
    location: ['response', ...path],
    severity: 'Error' as const,
    code,
    message,
  }))
  const response = problemResponse(500, 'The response does not fit the description (--errors).', { validation })
  for (const [name, value] of Object.entries(violationsHeader(validation))) response.headers.set(name, value)
  return response
}
