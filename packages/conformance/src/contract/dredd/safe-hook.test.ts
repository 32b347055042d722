import { expect, test } from 'vitest'
import { safeHook } from './safe-hook.ts'

function run(hook: () => void | Promise<void>, timeoutMs?: number): Promise<string[]> {
  const errors: string[] = []
  return new Promise((resolve) => {
    safeHook('sample', hook, (_, error) => errors.push(error.message), timeoutMs)({}, () => resolve(errors))
  })
}

test('returns a function of two arguments, because Dredd waits for no other', () => {
  expect(
    safeHook(
      'sample',
      () => {},
      () => {},
    ),
  ).toHaveLength(2)
})

test('waits for the promise of a hook', async () => {
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
])('reports a hook that %s, and the run goes on', async (_, hook, errors) => {
  expect(await run(hook, 30)).toEqual(errors)
})
