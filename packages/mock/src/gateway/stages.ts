import { meetsCondition, type Deviation, type RequestFacts } from '@livepeer-ai/openapi/gateways'

/** The facts of a request in the order in which a gateway checks them. */
const stages = [
  'path',
  'method',
  'token',
  'scheme',
  'mediaType',
  'boundary',
  'unknownPart',
  'files',
  'fields',
  'files.audio.bytes',
  'state',
  'files.audio.container',
  'files.audio.seconds',
  'files.audio.decodable',
]

/** The facts that the contract's own errors are about, by status. */
const factOfStatus: Record<number, string> = {
  404: 'path',
  405: 'method',
  401: 'token',
  415: 'mediaType',
  413: 'files.audio.bytes',
}

/** Returns the last stage of a request that is served. A preflight request ends at its method. */
export function lastStage({ method }: RequestFacts): number {
  return method === 'OPTIONS' ? toStage('method') : Infinity
}

/** Returns the stage at which the contract rejects a request. */
export function errorStage({ status }: Response, { boundary, mediaType }: RequestFacts): number {
  if (status === 415 && mediaType === 'multipart/form-data') return toStage('files.audio.decodable')
  return toStage(factOfStatus[status] ?? (boundary === false ? 'boundary' : 'fields'))
}

/**
 * Returns the stage of the last fact that a deviation depends on. A state that concerns the token
 * is known together with the token.
 */
export function stageOfDeviation({ when }: Deviation, facts: RequestFacts): number {
  const met = when.filter((condition) => meetsCondition(condition, facts)).map((condition) => Object.keys(condition))
  return Math.min(
    ...met.map((names) =>
      Math.max(...names.filter((name) => name !== 'state' || !names.includes('token')).map(toStage)),
    ),
  )
}

function toStage(fact: string): number {
  const exact = stages.indexOf(fact)
  if (exact >= 0) return exact
  const [group = fact] = fact.split('.')
  return stages.indexOf(group)
}
