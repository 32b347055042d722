import { mergeReports, type Report } from '@livepeer-ai/conformance'
import { findOperationObject } from '@livepeer-ai/openapi'
import { expect, test, vi } from 'vitest'
import { defects } from './defects.ts'
import { complaintsOf, description, runAgainst } from './run-against.ts'

// A bound against hangs: many runs at the same time take long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

test('a correct API conforms, within sixty requests for each operation', async () => {
  const report = await runAgainst([], { profile: 'full' })
  expect(complaintsOf(report)).toEqual([])
  expect(report.drift).toEqual([])
  expect(report.conclusion).toEqual({ exitCode: 0, text: 'conforms' })
  const operations = new Set(report.checks.map(({ operation }) => operation))
  expect(report.cost.requests).toBeLessThan(60 * operations.size)
  // The contract lane says for each documented status if a request has led to it.
  const { verdict, results = [] } = report.contractLane ?? {}
  expect(verdict).toBe('PASS')
  expect(results.length).toBe(74)
  expect(listUnseen(report)).toEqual([])
})

/** Returns the documented responses that no request has led to, with the reasons. */
const listUnseen = ({ contractLane }: Report): string[] =>
  (contractLane?.results ?? [])
    .filter(({ verdict }) => verdict === 'SKIPPED')
    .map(({ id, operation, findings }) => `${id}@${operation}: ${findings[0]?.message}`)

/** One defect of each kind. */
const planted = [
  'getReport: does not check credentials',
  'search: does not check prefix',
  'listRooms: does not check query.limit maximum',
  'createBooking: does not check body/guests minimum',
  'uploadFile: does not check file type',
  'listRooms: ignores-sort',
  'createBooking: loses-notes',
  'deleteBooking: keeps-deleted',
  'downloadFile: short-range',
  'createGuest: shows-password',
  'search: PUT is served',
  'getFile: does not check query',
  'listBookings: always-next',
  'listBookings: ignores-from',
  'listBookings: a cookie for scripts',
  'createBooking: cuts notes',
  'createBooking: shares-body',
  'replaceBooking: merges',
  'cancelBooking: cancels-twice',
]

test.for(planted)('finds %s', async (id) => {
  const defect = defects.find((one) => one.id === id)
  if (!defect) throw new Error(`there is no defect ${id}`)
  const { checks, contractLane, conclusion } = await runAgainst([defect], {}, [defect.operation])
  const failed = checks.filter(({ verdict }) => verdict === 'FAIL' || verdict === 'FLAKY')
  expect(failed.map(({ area }) => area)).toEqual(expect.arrayContaining([expect.toBeOneOf([...defect.areas])]))
  // The lane repeats what the checks of responses have found.
  const isAboutForm = failed.some(({ area }) => ['response', 'errors'].includes(area))
  expect(contractLane?.verdict).toBe(isAboutForm ? 'FAIL' : 'PASS')
  expect(conclusion.text).not.toContain('CT-')
})

test('drift names the operation, the place in the description and the exchange', async () => {
  const kinds = {
    'getReport: does not check credentials': 'security-removed /security',
    'createGuest: shows-hash':
      'response-undocumented-property /201/content/application~1json/schema/properties/passwordHash',
    'createBooking: 422 instead of 400': 'undocumented-error-status /422',
    'listFiles: no X-Total-Count': 'response-header-missing /200/headers/X-Total-Count',
    'getRoom: a negative price': 'response-constraint-relaxed /200/content/application~1json/schema/properties/price',
    'getBooking: createdAt in another format':
      'response-format-changed /200/content/application~1json/schema/properties/createdAt',
    'health: 500': 'undocumented-error-status /500',
    'listRooms: another error envelope': 'error-envelope-changed /responses',
    'getFile: text/plain': 'response-media-type-changed /200/content',
  }
  const several = defects.filter(({ id }) => id in kinds)
  const { drift, exchanges } = await runAgainst(
    several,
    { profile: 'full' },
    several.map(({ operation }) => operation),
  )
  for (const [id, kind] of Object.entries(kinds)) {
    const [operation] = id.split(':')
    const [name = '', end = ''] = kind.split(' ')
    const found = drift.find((one) => one.class === name && one.operation === operation)
    expect([id, found?.pointer]).toEqual([id, expect.stringMatching(new RegExp(`^/paths/.*${end}$`))])
    expect(exchanges.map((exchange) => exchange.id)).toContain(found?.exchange)
  }
})

test('without permission, no valid request changes data', async () => {
  const report = await runAgainst([], { allowWrites: false })
  const { checks, exchanges } = report
  const changed = exchanges.filter(
    ({ method, status = 0 }) => !['GET', 'HEAD', 'OPTIONS'].includes(method) && status < 300,
  )
  expect(changed.map(({ method, url, requestBody }) => [method, url, requestBody])).toEqual([])
  expect(checks.some(({ verdict }) => verdict === 'DISABLED')).toBe(true)
  expect(listUnseen(report)).toContain('CT-201@createBooking: it changes data: allow it with --allow-writes')
})

test('a POST that is marked as repeatable gets valid requests without permission', async () => {
  const marked = structuredClone(description)
  const create = findOperationObject(marked, { method: 'POST', path: '/guests' })
  if (!create) throw new Error('the description has no POST /guests')
  Object.assign(create, { 'x-conformance': 'repeatable' })
  const operations = ['createGuest', 'createBooking']
  const { exchanges } = await runAgainst([], { api: { description: marked, operations } })
  const created = exchanges.filter(({ status }) => status === 201).map(({ url }) => new URL(url).pathname)
  expect([...new Set(created)]).toEqual(['/guests'])
})

test('a waiver excuses a check for one operation, and shards join to the whole', async () => {
  const both = defects.filter(({ id }) => id === 'createGuest: shows-password' || id === 'listRooms: items is null')
  const operations = ['createGuest', 'listRooms']
  const until = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  const waiver = (id: string) => ({ id, reason: 'later', owner: 'us', expires: until })
  const waivers = [waiver('RS-10@createGuest'), waiver('RS-08@createGuest')]
  const whole = await runAgainst(both, { waivers }, operations)
  expect(whole.checks.filter(({ id }) => id === 'RS-10').map(({ verdict }) => verdict)).toEqual(['PASS', 'WAIVED'])
  expect(whole.failures).toContain('RS-08@listRooms')
  expect(whole.waivers).toMatchObject({ applied: ['RS-10@createGuest'], stale: ['RS-08@createGuest'] })

  const shards = []
  for (const index of [1, 2]) shards.push(await runAgainst(both, { waivers, shard: { index, total: 2 } }, operations))
  const [first, second] = shards
  expect(first?.checks.length).toBeLessThan(whole.checks.length)
  // The server of each run has a port of its own.
  const merged = mergeReports(shards.map((report) => ({ ...report, target: { url: 'http://guesthouse.example' } })))
  const verdictsOf = ({ checks }: Report) => checks.map(({ id, operation, verdict }) => `${id}@${operation} ${verdict}`)
  expect(verdictsOf(merged).toSorted()).toEqual(verdictsOf(whole).toSorted())
  expect(merged.failures.toSorted()).toEqual(whole.failures.toSorted())
  expect([first?.contractLane?.verdict, second?.contractLane]).toEqual(['DISABLED', undefined])
})
