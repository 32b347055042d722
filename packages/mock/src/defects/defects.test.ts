import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { startMock } from '../index.ts'
import { defects, withDefects } from './index.ts'

const spec = new URL('../../../../spec/checks.yaml', import.meta.url)
const checks = parse(await readFile(spec, 'utf8')) as Record<string, { area: string; last: number }>

test('each defect has a unique name and existing checks', () => {
  expect(new Set(defects.map(({ name }) => name)).size).toBe(defects.length)
  const unknown = defects.flatMap((defect) =>
    defect.checks.filter(
      (id) => !/^[A-Z]{2}-\d\d$/.test(id) || !(Number(id.slice(3)) <= (checks[id.slice(0, 2)]?.last ?? 0)),
    ),
  )
  expect(unknown).toEqual([])
  expect(defects.filter((defect) => !defect.checks.length)).toEqual([])
})

test('every area has defects', () => {
  expect(new Set(defects.map(({ area }) => area))).toEqual(new Set(Object.values(checks).map(({ area }) => area)))
})

test('an unknown name throws an error with similar names', () => {
  expect(() => withDefects(['token-echo'])).toThrow(
    /^Unknown defect 'token-echo'\. Near: token-echoed, [a-z0-9-]+, [a-z0-9-]+\. All: --defect list$/,
  )
})

test('the control API has no defects', async () => {
  await using mock = await startMock({ port: 0, defects: ['content-type-missing', 'two-lengths', 'delete-204'] })
  const calls = await fetch(`${mock.url}/__mock/calls`)
  expect([calls.headers.get('content-type'), await calls.json()]).toEqual(['application/json', []])
})

test('combines an imitated gateway with a defect', async () => {
  await using mock = await startMock({
    port: 0,
    gateway: 'livepeer-studio',
    token: 'good',
    defects: ['token-in-header'],
  })
  const response = await fetch(`${mock.url}/audio-to-text`, {
    method: 'POST',
    headers: { authorization: 'Bearer bad' },
  })
  expect([response.status, await response.json()]).toEqual([401, { errors: ['no token bad found'] }])
  expect(response.headers.get('x-debug-authorization')).toBe('Bearer bad')
})
