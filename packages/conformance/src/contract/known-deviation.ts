import type { Operation } from '@livepeer-ai/openapi'
import type { Deviation, RequestFacts as Facts } from '@livepeer-ai/openapi/gateways'
import type { ReceivedResponse } from '../exchange.ts'
import { findDeviation } from '../judge/find-deviation.ts'
import type { DreddResult, PlannedTransaction } from './dredd/run-dredd.ts'
import type { Scenario } from './scenario.ts'

/** The deviation that explains why the answer to a scenario is not as documented; undefined when it is news. */
export function knownDeviation(
  deviations: readonly Deviation[],
  scenario: Scenario,
  operation: Operation,
  { request }: Pick<PlannedTransaction, 'request'>,
  { response }: DreddResult,
): Deviation | undefined {
  return findDeviation(deviations, undefined, {
    facts: factsOf(scenario, operation, request),
    ...(response ? { response: received(response) } : { failure: { code: 'dropped', message: '' } }),
  })
}

function factsOf(
  { parts = {}, truncate }: Scenario,
  { method, path }: Operation,
  { headers, body }: PlannedTransaction['request'],
): Facts {
  const [, scheme, credentials] = /^(\S+) +(\S+)$/.exec(headers['authorization'] ?? '') ?? []
  const mediaType = headers['content-type']?.split(';')[0]!.trim().toLowerCase()
  const isFile = (part: (typeof parts)[string]) => typeof part !== 'string'
  const texts = Object.entries(parts).filter(([, part]) => !isFile(part)) as [string, string][]
  const files = Object.entries(parts).filter(([, part]) => isFile(part)) as [string, { file: string }][]
  return {
    method,
    path,
    token: credentials === undefined ? 'none' : 'right',
    ...(scheme && { scheme: scheme.toLowerCase() }),
    ...(mediaType && { mediaType }),
    ...(mediaType === 'multipart/form-data' && { boundary: !truncate }),
    fields: Object.fromEntries(texts),
    files: Object.fromEntries(
      files.map(([name, { file }]) => [
        name,
        { bytes: body.length, container: file.split('.').at(-1)!, decodable: true },
      ]),
    ),
    unknownPart: false,
  }
}

function received({ status, headers, body }: NonNullable<DreddResult['response']>): ReceivedResponse {
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
