import { expect, test, vi } from 'vitest'
import { defects } from './defects.ts'
import { complaintsOf, runAgainst } from './run-against.ts'

// A bound against hangs: many runs at the same time take long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

test('a correct API conforms, within sixty requests for each operation', async () => {
  const report = await runAgainst([], { profile: 'full' })
  expect(complaintsOf(report)).toEqual([])
  expect(report.conclusion).toEqual({ exitCode: 0, text: 'conforms' })
  const operations = new Set(report.checks.map(({ operation }) => operation))
  expect(report.cost.requests).toBeLessThan(60 * operations.size)
})

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
]

test.for(planted)('finds %s', async (id) => {
  const defect = defects.find((one) => one.id === id)
  if (!defect) throw new Error(`there is no defect ${id}`)
  const { checks } = await runAgainst([defect], {}, [defect.operation])
  const failed = checks.filter(({ verdict }) => verdict === 'FAIL' || verdict === 'FLAKY')
  expect(failed.map(({ area }) => area)).toEqual(expect.arrayContaining([expect.toBeOneOf([...defect.areas])]))
})

test('without permission, no valid request changes data', async () => {
  const { checks, exchanges } = await runAgainst([], { allowWrites: false })
  const changed = exchanges.filter(
    ({ method, status = 0 }) => !['GET', 'HEAD', 'OPTIONS'].includes(method) && status < 300,
  )
  expect(changed.map(({ method, url, requestBody }) => [method, url, requestBody])).toEqual([])
  expect(checks.some(({ verdict }) => verdict === 'DISABLED')).toBe(true)
})
