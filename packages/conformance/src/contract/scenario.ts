import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Contract } from '@livepeer-ai/openapi'
import { parse } from 'yaml'
import { findScenarioFault } from './find-scenario-fault.ts'

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
  /** Other documented statuses that the words of the contract allow. */
  or?: string[]
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

type ScenarioFile = Record<string, Record<string, Omit<Scenario, 'operationId' | 'status' | 'folder'>[]>>

/**
 * Reads a scenario file (operationId → status → list of requests) and checks it against its schema
 * and the contract.
 */
export async function loadScenarios(file: string | URL, contract: Contract): Promise<Scenario[]> {
  const path = file instanceof URL ? fileURLToPath(file) : file
  const document: unknown = await readFile(file, 'utf8')
    .then((text) => parse(text) as unknown)
    .catch((error: Error) => {
      throw new ScenarioError(`${path}: ${error.message.split('\n')[0]}`)
    })
  const fault = findScenarioFault(document)
  if (fault) throw new ScenarioError(`${path}: ${fault}`)
  return Object.entries(document as ScenarioFile).flatMap(([operationId, statuses]) => {
    const operation = contract.operationTable.find((candidate) => candidate.operationId === operationId)
    if (!operation) throw new ScenarioError(`${path}: the contract has no operation '${operationId}'`)
    return Object.entries(statuses).flatMap(([status, requests]) => {
      const named = [status, ...requests.flatMap((request) => request.or ?? [])]
      const unknown = named.find((one) => !Object.hasOwn(operation.responses, one))
      if (unknown !== undefined)
        throw new ScenarioError(`${path}: ${operationId} ${unknown}: the contract documents no such status`)
      return requests.map((request): Scenario => ({ ...request, operationId, status, folder: dirname(resolve(path)) }))
    })
  })
}
