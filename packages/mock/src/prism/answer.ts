import type { OpenAPI } from '@livepeer-ai/openapi'
import { textResponse, unprocessable, type Call } from '@livepeer-ai/server'
import { transcriptOperation, plausibleTranscript } from './audio-to-text.ts'
import { exampleNames, exampleOf } from './example-names.ts'
import type { FileNotes } from '../calls/request-facts.ts'
import { parsePrefer, preferenceApplied } from './prefer.ts'
import { loadPrism, type Preference } from './prism.ts'
import { problemResponse } from './problem-response.ts'
import { remember } from './remember.ts'
import { headerParameters, surrogate } from './surrogate.ts'
import { violationIssues } from './violation-issues.ts'

/** Answers a call as documented. `files` are those that came, where the call itself holds stand-ins. */
export type Answer = (call: Call<FileNotes>, files: readonly { value: FileNotes }[]) => Promise<Response>

/** Prism's answers to the calls of a description; `usual` is preferred unless a call says otherwise. */
export async function createAnswer(description: OpenAPI, usual: Preference): Promise<Answer> {
  const prism = remember(await loadPrism(description))
  const examples = exampleNames(description)
  const parameters = headerParameters(description)

  return async (call, files) => {
    const asked = parsePrefer(call.request.headers.get('prefer'))
    const preference = { ...usual, ...asked }
    // Prism can tell whether the request is as documented, and what is answered then; not what people say.
    const isSpoken = preference.dynamic === true && call.operation.operationId === transcriptOperation
    const preferred = { ...exampleOf(call, preference, examples), ...preference }
    const outcome = await prism(surrogate(call, parameters), isSpoken ? { ...preferred, dynamic: false } : preferred)
    if ('refusal' in outcome) return problemResponse(outcome.refusal.status, outcome.refusal.reason)
    if ('violations' in outcome)
      throw unprocessable(...violationIssues(outcome.violations, Object.keys(call.pathParameters)))
    const text =
      isSpoken && outcome.status === 200
        ? JSON.stringify(plausibleTranscript(call.fields, files, preference.seed))
        : outcome.text
    const applied = Object.keys(asked).length ? { 'preference-applied': preferenceApplied(asked) } : {}
    return textResponse(text, { status: outcome.status, headers: { ...outcome.headers, ...applied } })
  }
}
