import { expect, test } from 'vitest'
import { safeHook } from './safe-hook.ts'

function run(hook: () => void | Promise<void>, timeoutMs?: number): Promise<string[]> {
  const errors: string[] = []
  return new Promise((resolve) => {
    safeHook('sample', hook, (_, error) => errors.push(error.message), timeoutMs)({}, () => resolve(errors))
  })
}

test('safeHook() is a function of two arguments, the only kind that Dredd waits for', () => {
  expect(
    safeHook(
      'sample',
      () => {},
      () => {},
    ),
  ).toHaveLength(2)
})

test('safeHook() waits for a promise', async () => {
  const order: string[] = []
  await run(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    order.push('hook')
  })
  order.push('done')
  expect(order).toEqual(['hook', 'done'])
})

test.each([
  [
    'throws',
    () => {
      throw new Error('broken')
    },
    ['hook sample: broken'],
  ],
  ['rejects', () => Promise.reject(new Error('broken')), ['hook sample: broken']],
  ['never ends', () => new Promise<void>(() => {}), ['hook sample: no end after 30 ms']],
])('safeHook() reports a hook that %s and lets the run go on', async (_, hook, errors) => {
  expect(await run(hook, 30)).toEqual(errors)
})
