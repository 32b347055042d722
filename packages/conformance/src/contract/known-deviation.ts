import type { Operation } from '@livepeer-ai/openapi'
import { toRequestFacts, type Deviation, type FileFacts, type RequestFacts } from '@livepeer-ai/openapi/gateways'
import type { ReceivedResponse } from '../exchange.ts'
import { findDeviation } from '../judge/find-deviation.ts'
import type { DreddResult, LaneTransaction } from './dredd/run-dredd.ts'
import type { Scenario } from './scenario.ts'

/** Finds the deviation that explains an undocumented answer to a scenario. */
export function findKnownDeviation(
  deviations: readonly Deviation[],
  scenario: Scenario,
  operation: Operation,
  { request }: Pick<LaneTransaction, 'request'>,
  { response }: DreddResult,
): Deviation | undefined {
  const facts = toFacts(scenario, operation, request)
  return findDeviation(
    deviations,
    undefined,
    response ? { facts, response: toReceivedResponse(response) } : { facts, failure: { code: 'dropped', message: '' } },
  )
}

function toFacts(
  { parts = {}, truncate }: Scenario,
  { method, path }: Operation,
  { headers, body }: LaneTransaction['request'],
): RequestFacts {
  const fields: Record<string, string> = {}
  const files: Record<string, FileFacts> = {}
  for (const [name, part] of Object.entries(parts)) {
    if (typeof part === 'string') fields[name] = part
    else files[name] = { bytes: body.length, container: part.file.split('.').at(-1), decodable: true }
  }
  return toRequestFacts({
    method,
    path,
    header: (name) => headers[name],
    isToken: () => true,
    form: { fields, files },
    boundary: !truncate,
  })
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
