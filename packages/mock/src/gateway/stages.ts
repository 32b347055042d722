import type { RequestFacts } from '@livepeer-ai/openapi/gateways'

/** The facts of a request in the order in which a server usually checks them. */
const stages = [
  'path',
  'method',
  'token',
  'scheme',
  'authorization',
  'origin',
  'mediaType',
  'contentType',
  'form',
  'unknownPart',
  'repeatedField',
  'fields',
  'files',
  'files.audio.bytes',
  'state',
]

/** The facts that the contract's own errors are about, by status. */
const factOfStatus: Readonly<Record<number, string>> = {
  404: 'path',
  405: 'method',
  401: 'token',
  413: 'files.audio.bytes',
  415: 'mediaType',
}

/** Returns the last stage of a request that is served. A preflight request ends at its method. */
export function lastStage({ method }: RequestFacts): number {
  return method === 'OPTIONS' ? toStage('origin') : Infinity
}

/** Returns the fact that an error of the contract is about. */
export function factOfError({ status }: Response, { mediaType }: RequestFacts): string {
  return status === 415 && mediaType === 'multipart/form-data' ? 'files.audio.decodable' : (factOfStatus[status] ?? '')
}

/** Returns the stage at which the contract rejects a request. Invalid forms are rejected last. */
export function errorStage(documented: Response, facts: RequestFacts): number {
  const fact = factOfError(documented, facts)
  return fact === '' || fact === 'files.audio.decodable' ? Infinity : toStage(fact)
}

/** Returns the stage of a fact. */
export function toStage(fact: string): number {
  const exact = stages.indexOf(fact)
  if (exact >= 0) return exact
  const [group = fact] = fact.split('.')
  return stages.indexOf(group)
}
