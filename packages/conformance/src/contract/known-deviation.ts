import type { Operation } from '@livepeer-ai/openapi'
import { toRequestFacts, type Deviation, type RequestFacts } from '@livepeer-ai/openapi/gateways'
import type { ReceivedResponse } from '../exchange.ts'
import { findDeviation } from '../judge/find-deviation.ts'
import type { DreddResult, LaneTransaction } from './dredd/run-dredd.ts'

/** Finds the deviation that explains an undocumented answer to a scenario. */
export function findKnownDeviation(
  deviations: readonly Deviation[],
  operation: Operation,
  { request }: Pick<LaneTransaction, 'request'>,
  { response }: DreddResult,
): Deviation | undefined {
  const facts = toFacts(operation, request)
  return findDeviation(
    deviations,
    undefined,
    response ? { facts, response: toReceivedResponse(response) } : { facts, failure: { code: 'dropped', message: '' } },
  )
}

function toFacts({ method, path }: Operation, { headers, body }: LaneTransaction['request']): RequestFacts {
  return toRequestFacts({ method, path, header: (name) => headers[name], isToken: () => true, body })
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
