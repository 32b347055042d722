import { readFileSync } from 'node:fs'
import { listOperations, type OpenAPI, type Operation } from '@livepeer-ai/openapi'

const folder = new URL('../../../openapi/fixtures/', import.meta.url)

/** Reads a description in `packages/openapi/fixtures`. */
export function readFixture(name: string): OpenAPI {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as OpenAPI
}

/** The contract of November 2026. Tests of comparisons use it, so that the contract can grow. */
export const description: OpenAPI = readFixture('contract')
export const operationTable: Operation[] = listOperations(description)
