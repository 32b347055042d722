import { expect, test } from 'vitest'
import { NetworkError, ResponseError, TimeoutError } from './errors.ts'

const request = { method: 'POST', url: 'https://gateway.example/audio-to-text?key=secret' }

test('a message contains no query', () => {
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
])('a NetworkError has the innermost reason of %s', (cause, words) => {
  const error = new NetworkError(request, cause)
  expect(error.message).toBe(`POST https://gateway.example/audio-to-text failed: ${words}`)
  expect(error.cause).toBe(cause)
})

const noIssue = { loc: ['body', 'audio'], msg: 'no', type: 'x' }

test.each([
  [{ detail: [noIssue] }, [noIssue], 'body.audio: no'],
  [
    { errors: ['{"instancePath":"/model_id","keyword":"pattern","message":"must match"}'] },
    [{ loc: ['body', 'model_id'], msg: 'must match', type: 'pattern' }],
    'body.model_id: must match',
  ],
  [{ errors: ['no'] }, [], 'no'],
  ['no', [], 'no'],
  [undefined, [], 'Unprocessable'],
])('a 422 with %j has its issues and message', (raw, issues, words) => {
  const response = new Response(null, { status: 422, statusText: 'Unprocessable' })
  const message = `POST https://gateway.example/audio-to-text answered 422, ${words}`
  expect(new ResponseError(request, response, raw)).toMatchObject({ status: 422, issues, raw, message })
})

test('a status without a message is shown alone', () => {
  const { message } = new ResponseError(request, new Response(null, { status: 500 }), undefined)
  expect(message).toBe('POST https://gateway.example/audio-to-text answered 500')
})
