import { expect, test } from 'vitest'
import { NetworkError, ResponseError, TimeoutError } from './errors.ts'

const request = { method: 'POST', url: 'https://gateway.example/audio-to-text?key=secret' }

test('a message holds no query', () => {
  const error = new TimeoutError(request, 7)
  expect(error.message).toBe('POST https://gateway.example/audio-to-text timed out after 7 ms')
  expect(error.url).toBe('https://gateway.example/audio-to-text')
})

test.each([
  [new TypeError('fetch failed', { cause: new Error('read ECONNRESET') }), 'read ECONNRESET'],
  [
    new TypeError('fetch failed', { cause: new AggregateError([new Error('connect ECONNREFUSED ::1:9')]) }),
    'connect ECONNREFUSED ::1:9',
  ],
  [new DOMException('', 'NetworkError'), 'NetworkError'],
  ['words', 'words'],
])('a NetworkError tells the innermost reason of %s', (cause, words) => {
  const error = new NetworkError(request, cause)
  expect(error.message).toBe(`POST https://gateway.example/audio-to-text failed: ${words}`)
  expect(error.cause).toBe(cause)
})

test.each([
  [{ detail: [{ loc: [], msg: 'no', type: 'x' }] }, [{ loc: [], msg: 'no', type: 'x' }]],
  [{ errors: ['no'] }, []],
  ['no', []],
  [undefined, []],
])('the issues of a 422 with %j', (raw, issues) => {
  expect(new ResponseError(request, new Response(null, { status: 422 }), raw)).toMatchObject({
    status: 422,
    issues,
    raw,
  })
})
