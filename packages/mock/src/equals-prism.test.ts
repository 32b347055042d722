import type { OpenAPI } from '@livepeer-ai/openapi'
import { array, assert, asyncProperty, constantFrom, nat, tuple } from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startMock, type Mock } from './index.ts'
import { dereference } from './prism/operation/dereference.ts'
import { makeParametersPlain } from './prism/operation/plain-parameters.ts'
import { arbitraryDescription } from './testing/arbitrary-description.ts'
import { arbitraryRequest, type ArbitraryRequest } from './testing/arbitrary-request.ts'
import { askPrism, type Answer } from './testing/ask-prism.ts'

/** The number of requests. Before a release: MOCK_CASES=20000, with another MOCK_SEED. */
const cases = Number(process.env['MOCK_CASES'] ?? 200)
const seed = Number(process.env['MOCK_SEED'] ?? 17)
const isLong = cases > 1000
const requestsPerDescription = 5
/** Limit for an answer, against hangs; MOCK_PATIENCE=1000 on an idle machine. */
const patienceMs = Number(process.env['MOCK_PATIENCE'] ?? 10_000)

let mock: Mock
beforeAll(async () => {
  // Prism warns of schemas that it merges.
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  mock = await startMock({ port: 0 })
})
afterAll(() => mock.close())

async function askMock({ method, path, query, headers, body }: ArbitraryRequest): Promise<Answer> {
  const search = query.length ? `?${new URLSearchParams(query).toString()}` : ''
  const response = await fetch(`${mock.url}${path}${search}`, {
    method,
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
    signal: AbortSignal.timeout(patienceMs),
  })
  const type = response.headers.get('content-type') ?? ''
  return { status: response.status, type, headers: Object.fromEntries(response.headers), text: await response.text() }
}

const framing = new Set(['content-length', 'transfer-encoding', 'content-type'])

/** Returns the parts of an answer that must be equal. */
function toComparable({ status, type, text, headers }: Answer, names: string[]): unknown {
  return { status, text, type: text && type, headers: names.map((name) => `${name}: ${headers[name]?.trim()}`) }
}

function withPlainParameters(description: OpenAPI): OpenAPI {
  const document = dereference(description)
  makeParametersPlain(document)
  return document as OpenAPI
}

/**
 * Fails unless the mock answers a valid request like Prism, refuses an invalid one, and answers
 * none with a 5xx. Returns true for a valid request.
 */
async function compare(description: OpenAPI, request: ArbitraryRequest): Promise<boolean> {
  const ours = await askMock(request)
  expect(ours.status).toBeLessThan(500)
  const first = await askPrism(description, request)
  // Prism takes a list that may be null for text, and refuses it.
  const isSurprise = first === 'refused' && ours.status < 400
  const theirs = isSurprise ? await askPrism(withPlainParameters(description), request) : first
  expect(theirs === 'refused' && ours.status < 400).toBe(false)
  if (!theirs || theirs === 'refused' || !Number.isInteger(theirs.status)) return false
  const names = Object.keys(theirs.headers).filter((name) => !framing.has(name))
  expect(toComparable(ours, names)).toEqual(toComparable(theirs, names))
  return true
}

test('answers generated requests like Prism, and none with a 5xx', { timeout: 3_600_000 }, async () => {
  let valid = 0
  const requests = array(arbitraryRequest, { minLength: requestsPerDescription, maxLength: requestsPerDescription })
  const property = asyncProperty(arbitraryDescription, requests, async (description, sent) => {
    await mock.update(description)
    for (const request of sent) if (await compare(description, request)) valid++
  })
  await assert(property, { numRuns: Math.ceil(cases / requestsPerDescription), seed, endOnFailure: isLong })
  if (isLong) console.log(`${cases} requests, ${valid} of them valid`)
  // The requests reach the responses.
  expect(valid).toBeGreaterThan(cases / 20)
})

/** Replaces one value, at a depth that the numbers choose. */
function damage(node: unknown, [choice = 0, ...rest]: number[], junk: unknown): unknown {
  if (typeof node !== 'object' || node === null) return junk
  const keys = Object.keys(node)
  const key = keys[choice % keys.length]
  if (key === undefined || !rest.length) return junk
  const copy: object = Array.isArray(node) ? [...(node as unknown[])] : { ...node }
  Reflect.set(copy, key, damage(Reflect.get(node, key), rest, junk))
  return copy
}

test('answers every request without a 5xx, whatever is broken', { timeout: 3_600_000 }, async () => {
  const way = array(nat(100), { minLength: 2, maxLength: 9 })
  const junk = constantFrom<unknown>(null, 1, 'x', [], {}, [null], true, { $ref: '#/paths' }, { $ref: '#' })
  const damages = array(tuple(way, junk), { minLength: 1, maxLength: 4 })
  const requests = array(arbitraryRequest, { minLength: requestsPerDescription, maxLength: requestsPerDescription })
  const property = asyncProperty(arbitraryDescription, damages, requests, async (description, broken, sent) => {
    const { paths, components } = description
    const damaged = broken.reduce<unknown>((node, [at, one]) => damage(node, at, one), { paths, components })
    const reason = await mock.update({ ...description, ...(damaged as object) }).catch((error: Error) => error.message)
    expect(reason ?? 'no operation of it can be served').toContain('no operation of it can be served')
    if (reason !== undefined) return
    for (const request of sent) expect((await askMock(request)).status).toBeLessThan(500)
  })
  await assert(property, { numRuns: Math.ceil(cases / requestsPerDescription), seed, endOnFailure: isLong })
})
