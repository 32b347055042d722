import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { isObject, type Contract } from '@livepeer-ai/openapi'
import { parse } from 'yaml'

/** A file to send, as a part of a form or as the whole body. */
export interface FileSource {
  /** Path relative to the scenario file. */
  file: string
  type?: string
  filename?: string
  /** `over-limit` pads the file with zeros to one byte more than the upload limit. */
  size?: 'over-limit'
}

/** A request and the documented status that it expects. */
export interface Scenario {
  operationId: string
  status: string
  name: string
  /** Media type of the response; default: the first one of the status. */
  mediaType?: string
  /** Values for the path template. */
  path?: Record<string, string>
  query?: Record<string, string>
  /** Headers to add; `null` removes one. `{token}` is replaced by the bearer token. */
  headers?: Record<string, string | null>
  parts?: Record<string, string | FileSource>
  json?: unknown
  body?: string
  file?: string
  /** Number of bytes to cut off the end of the body. */
  truncate?: number
  /** Value of the `Prefer` header that the status requires. */
  prefer?: string
  /** The folder that `file` is relative to. */
  folder: string
}

/** An invalid scenario file. The message names the file, the entry and the reason. */
export class ScenarioError extends Error {
  override name = 'ScenarioError' as const
}

const fields = ['name', 'mediaType', 'path', 'query', 'headers', 'parts', 'json', 'body', 'file', 'truncate', 'prefer']

/**
 * Reads a scenario file (operationId → status → list of requests) and checks it against the
 * contract.
 */
export async function loadScenarios(file: string | URL, contract: Contract): Promise<Scenario[]> {
  const path = file instanceof URL ? file.pathname : file
  const document: unknown = await readFile(file, 'utf8')
    .then(parse)
    .catch((error: Error) => {
      throw new ScenarioError(`${path}: ${error.message.split('\n')[0]}`)
    })
  return entries(document, path).flatMap(([operationId, statuses]) => {
    const operation = contract.operationTable.find((candidate) => candidate.operationId === operationId)
    if (!operation) throw new ScenarioError(`${path}: the contract has no operation '${operationId}'`)
    return entries(statuses, `${path}: ${operationId}`).flatMap(([status, requests]) => {
      const at = `${path}: ${operationId} ${status}`
      if (!(status in operation.responses)) throw new ScenarioError(`${at}: the contract documents no such status`)
      if (!Array.isArray(requests)) throw new ScenarioError(`${at}: expected a list of requests`)
      return requests.map((request: unknown): Scenario => {
        const unknown = Object.keys(isObject(request) ? request : {}).find((key) => !fields.includes(key))
        if (unknown) throw new ScenarioError(`${at}: unknown field '${unknown}'; known are ${fields.join(', ')}`)
        if (!isObject(request) || typeof request['name'] !== 'string')
          throw new ScenarioError(`${at}: every request needs a name`)
        return { ...request, name: request['name'], operationId, status, folder: dirname(resolve(path)) }
      })
    })
  })
}

function entries(value: unknown, at: string): [string, unknown][] {
  if (!isObject(value)) throw new ScenarioError(`${at}: expected a mapping`)
  return Object.entries(value)
}
