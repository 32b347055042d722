import { listOperations, type OpenAPI, type Operation } from '@livepeer-ai/openapi'
import { pointerTo, toDriftFinding, type Draft, type DriftFinding } from '../../drift-finding.ts'
import { compareParameters } from './parameters.ts'
import { compareRequestBodies } from './request-bodies.ts'
import { compareResponses } from './responses.ts'
import { compareSecurity } from './security.ts'
import { toSide } from './side.ts'

/**
 * Lists the differences that matter to a client that follows the contract. Operations are matched
 * by method and path. Differences in spelling alone (references, FastAPI versions, OpenAPI 3.0) are
 * ignored.
 */
export function compareDescriptions(contract: OpenAPI, other: OpenAPI): DriftFinding[] {
  const [ours, theirs] = [indexOperations(contract), indexOperations(other)]
  const drafts = [...ours].flatMap(([key, our]) => {
    const their = theirs.get(key)
    const pointer = pointerTo('/paths', our.path, our.method.toLowerCase())
    if (!their) return [operationRemoved(pointer, our)]
    const sides = [toSide(contract, our), toSide(other, their), pointer] as const
    return [
      ...compareSecurity(...sides),
      ...compareParameters(...sides),
      ...compareRequestBodies(...sides),
      ...compareResponses(...sides),
    ]
  })
  const added = [...theirs].filter(([key]) => !ours.has(key)).map(([, their]) => operationAdded(their))
  return [...drafts, ...added].map((draft) => toDriftFinding(draft, 'description'))
}

/** Indexes operations by method and path; the names of path parameters do not matter. */
function indexOperations(description: OpenAPI): Map<string, Operation> {
  return new Map(
    listOperations(description).map((operation) => [
      `${operation.method} ${operation.path.replaceAll(/\{[^}]*\}/g, '{}')}`,
      operation,
    ]),
  )
}

const operationRemoved = (pointer: string, { method, path }: Operation): Draft => ({
  class: 'operation-removed',
  pointer,
  message: `${method} ${path} is missing`,
  changes: [{ pointer, action: 'remove' }],
})

const operationAdded = ({ method, path }: Operation): Draft => ({
  class: 'operation-added',
  pointer: pointerTo('/paths', path, method.toLowerCase()),
  message: `${method} ${path} is not in the contract`,
})
