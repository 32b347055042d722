import { description } from '@livepeer-ai/openapi'
import { expect, test } from 'vitest'
import { loadPrism, type Preference, type PrismRequest } from './prism.ts'
import { remember } from './remember.ts'

const form = (fields: Record<string, string>) => ({
  method: 'POST',
  path: '/audio-to-text',
  query: {},
  headers: { 'content-type': 'multipart/form-data' },
  body: fields,
  isReadable: true,
})

test('remember() returns the answers of Prism, also when repeated', async () => {
  const { answer: prism } = await loadPrism(description)
  const place = { method: 'POST', path: '/audio-to-text' }
  let asked = 0
  const remembered = remember((...question) => {
    asked++
    return prism(...question)
  })
  // A seeded generator, so that every run asks the same questions.
  let seed = 7
  const random = (below: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % below
  const pick = <T>(values: T[]): T => values[random(values.length)]!
  const questions = Array.from({ length: 300 }, (): [PrismRequest, Preference] => [
    {
      ...form({
        ...pick([{ audio: 'x' }, {}]),
        ...pick([{}, { model_id: pick(['', 'm']) }]),
        ...pick([{}, { return_timestamps: pick(['word', 'x']) }]),
      }),
      headers: {
        'content-type': pick(['multipart/form-data', 'application/json']),
        ...pick([{}, { accept: pick(['*/*', 'text/html', 'application/json']) }]),
      },
    },
    pick<Preference>([
      {},
      { code: pick([200, 400, 418, 500]) },
      { example: pick(['word', 'nope']) },
      { dynamic: true, seed: pick(['a', 'b']) },
    ]),
  ])
  for (const [request, preference] of [...questions, ...questions]) {
    expect(await remembered(place, request, preference)).toEqual(await prism(place, request, preference))
  }
  expect(asked).toBeLessThan(questions.length)
})

test('remember() asks again for answers that must differ', async () => {
  let asked = 0
  const remembered = remember(() => Promise.resolve({ status: 200, headers: {}, text: String(asked++) }))
  const ask = () => remembered({ method: 'POST', path: '/audio-to-text' }, form({}), { dynamic: true })
  expect(await ask()).not.toEqual(await ask())
})
