import { toPointer } from '@livepeer-ai/openapi'
import type { ReportProblem } from '../calls/problem.ts'
import type { Prism, PrismAnswer } from './prism.ts'

/**
 * Answers where Prism fails with a 500, for example for a schema that is too complex to generate:
 * without the wish for a generated response, and at last with the status alone.
 */
export function insist(prism: Prism, report: ReportProblem): Prism {
  return async (place, request, preference) => {
    const answer = await prism(place, request, preference)
    const reason = reasonOfFailure(answer)
    if (reason === undefined) return answer
    if (preference.dynamic)
      return insist(prism, report)(place, request, { ...preference, dynamic: false, seed: undefined })
    report({
      pointer: toPointer(['paths', place.path, place.method.toLowerCase(), 'responses']),
      message: `Prism has no response: ${reason}`,
    })
    return { status: preference.code ?? 200, headers: {}, text: null }
  }
}

function reasonOfFailure(answer: PrismAnswer): string | undefined {
  if ('refusal' in answer) return answer.refusal.status >= 500 ? answer.refusal.reason : undefined
  return 'status' in answer && !(answer.status >= 100 && answer.status <= 599)
    ? 'its status is not a number'
    : undefined
}
