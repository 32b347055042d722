import { findOperationObject, resolveReference, type OpenAPI, type Response, type Schema } from '@livepeer-ai/openapi'
import type { Deviation } from '@livepeer-ai/openapi/gateways'
import { normalizeSchema } from '@livepeer-ai/openapi/normalize-schema'
import { stripParameters, type DreddResult } from './dredd/run-dredd.ts'
import { findKnownDeviation } from './known-deviation.ts'
import type { LanePlan } from './plan-scenario.ts'
import { mergeProblems, type LaneProblem } from './report/lane-problem.ts'
import type { LaneOutcome, LaneResult } from './report/lane-report.ts'
import type { SecondJudge } from './second-judge.ts'

interface Knowledge {
  judge: SecondJudge
  deviations: readonly Deviation[]
  /** The contract, and the contract with the overlay of the gateway. */
  descriptions: readonly OpenAPI[]
}

/** Judges the response to a scenario. */
export function judgeResult(
  plan: LanePlan,
  result: DreddResult,
  { url, ...knowledge }: Knowledge & { url: string },
): LaneResult {
  const { scenario, operation, transaction, bytes } = plan
  const { operationId, status, name } = scenario
  const { method, path } = operation
  const { response, ms } = result
  const { uri, headers } = transaction.request
  return {
    operationId,
    method,
    path,
    status,
    mediaType: transaction.mediaType,
    scenario: name,
    ...findOutcome(plan, result, knowledge),
    request: { url: url.replace(/\/$/, '') + uri, headers, bytes },
    response: response && { ...response, body: response.body.slice(0, 2_000) },
    ms,
  }
}

function findOutcome(
  plan: LanePlan,
  result: DreddResult,
  { judge, deviations, descriptions }: Knowledge,
): { outcome: LaneOutcome; problems: LaneProblem[]; note?: string } {
  const { scenario, transaction, schema } = plan
  const { prefer, or = [] } = scenario
  const { response } = result
  if (prefer && response && ignoresPreference(response)) {
    const note = `answered ${response.status}: this server does not support 'Prefer: ${prefer}'`
    return { outcome: 'not-provoked', problems: [], note }
  }
  const problems = mergeProblems(result.problems, findBodyProblems(result, transaction.mediaType, schema, judge))
  if (!problems.length) return { outcome: 'pass', problems }
  const [byContract = false, ...byGateway] = descriptions.map(
    (description) => response !== undefined && followsItsStatus(description, plan, response, judge),
  )
  if (byContract && or.includes(String(response?.status)))
    return { outcome: 'pass', problems: [], note: `answered ${response?.status}, which the contract allows as well` }
  const isDocumented = byContract || byGateway.includes(true)
  const known = findKnownDeviation(deviations, plan, result, { problems, isDocumented })
  return known ? { outcome: 'known', problems, note: `${known.id}: ${known.summary}` } : { outcome: 'fail', problems }
}

/** Returns true if a description documents the body for the status that the response has. */
function followsItsStatus(
  description: OpenAPI,
  { operation }: LanePlan,
  { status, headers, body }: NonNullable<DreddResult['response']>,
  judge: SecondJudge,
): boolean {
  const documented = findOperationObject(description, operation)?.responses?.[status]
  const { content = {} } = documented ? resolveReference<Response>(description, documented) : {}
  const { schema } = content[stripParameters(headers['content-type'] ?? '')] ?? {}
  return schema !== undefined && judge(normalizeSchema(description, schema) as Schema, body).length === 0
}

/** A server confirms an applied preference (RFC 7240, 3), or the status shows it. */
function ignoresPreference({ status, headers }: NonNullable<DreddResult['response']>): boolean {
  return status >= 200 && status < 300 && !headers['preference-applied']
}

/**
 * Returns the problems that the second judge finds in the body, and one more if the judges
 * disagree.
 */
function findBodyProblems(
  { problems, response }: DreddResult,
  mediaType: string | undefined,
  schema: LanePlan['schema'],
  judge: SecondJudge,
): LaneProblem[] {
  if (!schema || !response || stripParameters(response.headers['content-type'] ?? '') !== mediaType) return []
  const found = judge(schema, response.body)
  const isFaultyForDredd = problems.some(({ part }) => part === 'body')
  if (found.length > 0 === isFaultyForDredd) return found
  const message = `the judges disagree: ${found.length ? 'only Ajv' : 'only Dredd'} finds fault with the body`
  return [...found, { judges: ['run'], part: 'body', pointer: '', message }]
}
