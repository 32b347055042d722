import type { Operation } from '@livepeer-ai/openapi'
import { toRequestFacts, type Answer, type Deviation, type RequestFacts } from '@livepeer-ai/openapi/gateways'
import type { ReceivedResponse } from '../exchange.ts'
import { findExplanations } from '../judge/find-explanations.ts'
import type { DreddResult, LaneTransaction } from './dredd/run-dredd.ts'
import type { LanePlan } from './plan-scenario.ts'
import type { LaneProblem } from './report/lane-problem.ts'

/**
 * Finds the deviation that explains all problems of an answer to a scenario, or undefined. A body
 * with another status must be documented for it.
 */
export function findKnownDeviation(
  deviations: readonly Deviation[],
  { operation, transaction, token }: Pick<LanePlan, 'operation' | 'transaction' | 'token'>,
  { response }: DreddResult,
  { problems, isDocumented }: { problems: readonly LaneProblem[]; isDocumented: boolean },
): Deviation | undefined {
  const facts = toFacts(operation, transaction.request, token)
  const explanations = findExplanations(
    deviations,
    response ? { facts, response: toReceivedResponse(response) } : { facts, failure: { code: 'dropped', message: '' } },
  )
  const explains = ({ answer }: (typeof explanations)[number], { part }: LaneProblem) =>
    answer.connection !== undefined || changes(answer, isDocumented)[part]
  if (!problems.every((problem) => explanations.some((one) => explains(one, problem)))) return undefined
  return explanations.find((one) => problems.some((problem) => explains(one, problem)))?.deviation
}

/** Returns the parts of a response that an answer changes. */
const changes = ({ status, mediaType, body }: Answer, isDocumented: boolean): Record<LaneProblem['part'], boolean> => ({
  status: status !== undefined,
  headers: status !== undefined || mediaType !== undefined,
  body: body !== undefined || (status !== undefined && isDocumented),
  exchange: false,
})

function toFacts(
  { method, path }: Operation,
  { headers, body }: LaneTransaction['request'],
  token: string,
): RequestFacts {
  const isToken = (credentials: string) => credentials === token
  return toRequestFacts({ method, path, header: (name) => headers[name], isToken, body })
}

function toReceivedResponse({ status, headers, body }: NonNullable<DreddResult['response']>): ReceivedResponse {
  return {
    httpVersion: '1.1',
    status,
    reason: '',
    headers: Object.entries(headers),
    body: Buffer.from(body),
    interim: [],
    headersMs: 0,
    faults: [],
  }
}
