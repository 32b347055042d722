import { expect, test } from 'vitest'
import { knownText, textResponse } from './lazy-response.ts'

const cases: [string | null, { status?: number; headers?: Record<string, string> }][] = [
  ['Grüße', {}],
  ['{"a":1}', { status: 422, headers: { 'content-type': 'application/json', 'X-More': '1' } }],
  ['', { status: 500 }],
  [null, { status: 204, headers: { allow: 'POST' } }],
]

test.each(cases)('textResponse(%j, %j) equals a Response', async (text, init) => {
  const [ours, standard] = [textResponse(text, init), new Response(text, init)]
  expect(ours).toBeInstanceOf(Response)
  for (const name of ['status', 'statusText', 'ok', 'type', 'url', 'redirected', 'bodyUsed'] as const)
    expect(ours[name]).toBe(standard[name])
  expect([...ours.headers]).toEqual([...standard.headers])
  expect(knownText(ours)).toBe(text ?? '')
  expect(await new Response(ours.clone().body, ours).text()).toBe(text ?? '')
  expect(Buffer.from(await ours.arrayBuffer())).toEqual(Buffer.from(await standard.arrayBuffer()))
  expect(ours.bodyUsed).toBe(standard.bodyUsed)
})

test('forgets a text that has been read, and cannot be read again', async () => {
  const response = textResponse('once')
  expect(await response.text()).toBe('once')
  expect(knownText(response)).toBeUndefined()
  await expect(response.text()).rejects.toThrow(TypeError)
  expect(() => response.clone()).toThrow(TypeError)
})

test('keeps headers that are set later', async () => {
  const response = textResponse('text')
  response.headers.set('x-more', '1')
  expect(response.clone().headers.get('x-more')).toBe('1')
  expect(() => textResponse('text', { status: 99 })).toThrow(RangeError)
})
