import type { Contract, Operation, Schema } from '@livepeer-ai/openapi'
import { isJson } from '../exchange.ts'
import { stripParameters, type LaneTransaction } from './dredd/run-dredd.ts'
import type { LaneResult } from './report/lane-report.ts'
import { buildScenarioRequest } from './scenario-request.ts'
import { ScenarioError, type Scenario } from './scenario.ts'

/** A scenario with the request to send and the response to expect. */
export interface LanePlan {
  scenario: Scenario
  operation: Operation
  transaction: LaneTransaction
  /** The contract's own schema of the response body; undefined if the body is not JSON. */
  schema: Schema | undefined
  /** The bearer token of the gateway. */
  token: string
  /** Size of the request body. */
  bytes: number
}

/** Builds the request of a scenario; throws a ScenarioError if the contract lacks its operation. */
export async function planScenario(
  contract: Contract,
  scenario: Scenario,
  options: { token: string; maxBytes: number },
): Promise<LanePlan> {
  const { operationId, status } = scenario
  const operation = contract.operationTable.find((candidate) => candidate.operationId === operationId)
  if (!operation) throw new ScenarioError(`${scenario.name}: the contract has no operation '${operationId}'`)
  const mediaType = scenario.mediaType ?? operation.responses[status]?.[0]
  const request = await buildScenarioRequest(scenario, operation, options)
  const bodySchema =
    mediaType !== undefined && isJson(stripParameters(mediaType))
      ? contract.draft07Schemas[operationId]?.[status]?.[mediaType]
      : undefined
  return {
    scenario,
    operation,
    transaction: {
      method: operation.method,
      skeletonPath: operation.path.replaceAll(/[{}]/g, ''),
      status,
      mediaType,
      bodySchema,
      request,
    },
    schema: bodySchema && mediaType ? contract.schemas[operationId]?.responses[status]?.[mediaType] : undefined,
    token: options.token,
    bytes: request.body.length,
  }
}

/**
 * Lists the documented responses that no scenario asks for. Dredd supports neither ranges nor
 * `default`.
 */
export function listUncovered({ operationTable }: Contract, plans: readonly LanePlan[]): LaneResult[] {
  return operationTable.flatMap((operation) =>
    listResponses(operation)
      .filter(({ status, mediaType }) => !plans.some((plan) => isFor(plan, operation, status, mediaType)))
      .map(({ status, mediaType }): LaneResult => ({
        operationId: operation.operationId,
        method: operation.method,
        path: operation.path,
        status,
        mediaType,
        outcome: 'uncovered',
        problems: [{ judges: ['run'], part: 'exchange', message: 'no scenario asks for this documented response' }],
        ms: 0,
      })),
  )
}

function listResponses({ responses }: Operation): { status: string; mediaType: string | undefined }[] {
  return Object.entries(responses).flatMap(([status, mediaTypes]) =>
    (mediaTypes.length ? mediaTypes : [undefined]).map((mediaType) => ({ status, mediaType })),
  )
}

function isFor(plan: LanePlan, operation: Operation, status: string, mediaType: string | undefined): boolean {
  return (
    plan.operation.operationId === operation.operationId &&
    plan.transaction.status === status &&
    plan.transaction.mediaType === mediaType
  )
}

/** Makes the result of a scenario that is not sent; `note` says why. */
export function toSkippedResult({ scenario, operation }: LanePlan, note: string): LaneResult {
  const { operationId, status, name } = scenario
  const { method, path } = operation
  return { operationId, method, path, status, scenario: name, outcome: 'not-provoked', problems: [], note, ms: 0 }
}
