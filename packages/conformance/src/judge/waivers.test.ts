import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isExpired, isWaiverFor, loadWaivers, WaiverError, type Waiver } from './waivers.ts'

const now = new Date('2026-11-25T12:00:00Z')
const waiver: Waiver = { id: 'ME-03', reason: 'the load balancer', owner: 'ops', expires: '2026-12-24' }

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waivers-'))
})
afterAll(async () => rm(folder, { recursive: true }))

async function load(content: string): Promise<Waiver[]> {
  const file = join(folder, 'waivers.yaml')
  await writeFile(file, content)
  return loadWaivers(file, now)
}

test('reads a list of waivers, and an empty file as an empty list', async () => {
  expect(await load(JSON.stringify([waiver]))).toEqual([waiver])
  expect(await load('# none yet\n')).toEqual([])
})

test.each([
  ['a: 1', /: expected a list of waivers$/],
  ['- ME-03', /: waiver 1: expected a mapping$/],
  [JSON.stringify([waiver, { ...waiver, until: 'x' }]), /: waiver 2: unknown field 'until'; known are id, .+, target$/],
  [JSON.stringify([{ ...waiver, owner: '' }]), /: 'owner' is missing$/],
  [JSON.stringify([{ ...waiver, expires: 'soon' }]), /: 'expires' must be a date such as 2026-11-25$/],
  [JSON.stringify([{ ...waiver, expires: '2026-13-45' }]), /: 'expires' must be a date/],
  [JSON.stringify([{ ...waiver, expires: '2027-05-25' }]), /: 'expires' is more than 180 days away$/],
  ['- "', /waivers\.yaml: /],
])('rejects %s with one line', async (content, message) => {
  await expect(load(content)).rejects.toThrow(WaiverError)
  await expect(load(content)).rejects.toThrow(message)
})

test('accepts a waiver of 180 days', async () => {
  expect(await load(JSON.stringify([{ ...waiver, expires: '2027-05-24' }]))).toHaveLength(1)
})

test('keeps a waiver until the end of its last day', () => {
  const on = (expires: string, time: string) => isExpired({ ...waiver, expires }, new Date(time))
  expect([on('2026-11-25', '2026-11-25T23:59:59Z'), on('2026-11-25', '2026-11-26T00:00:00Z')]).toEqual([false, true])
})

test('applies a waiver to the gateways that match its target', () => {
  const target = 'https://*.example.com*'
  expect(isWaiverFor({ ...waiver, target }, 'https://eu.example.com/ai')).toBe(true)
  expect(isWaiverFor({ ...waiver, target }, 'https://eu.example.org/ai')).toBe(false)
  expect(isWaiverFor({ ...waiver, target: 'https://a.example' }, 'https://axexample')).toBe(false)
  expect(isWaiverFor(waiver, 'http://anywhere')).toBe(true)
})
