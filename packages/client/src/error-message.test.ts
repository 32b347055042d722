import { expect, test } from 'vitest'
import { errorMessage } from './error-message.ts'

test.each<[what: string, body: unknown, message: string]>([
  ['an APIError', { detail: { msg: 'Invalid bearer token.' } }, 'Invalid bearer token.'],
  [
    'validation issues',
    {
      detail: [
        { loc: ['body', 'audio'], msg: 'Field required', type: 'missing' },
        { loc: ['body', 0], msg: 'no' },
      ],
    },
    'body.audio: Field required; body.0: no',
  ],
  ['a detail in words', { detail: 'Method Not Allowed' }, 'Method Not Allowed'],
  [
    'a go-livepeer error',
    { error: { message: ': Error during model execution: boom' } },
    'Error during model execution: boom',
  ],
  ['a list of errors', { errors: ['Too many AI requests', 'and more'] }, 'Too many AI requests; and more'],
  ['problem details', { type: 'about:blank', title: 'Unauthorized', status: 401 }, 'Unauthorized'],
  ['plain text', 'Internal Server\n  Error\n', 'Internal Server Error'],
  ['HTML', '<!doctype html><h1>502</h1>', ''],
  ['nothing', undefined, ''],
  ['an empty body', '', ''],
  ['an unknown envelope', { code: 7 }, ''],
  ['a very long text', 'a'.repeat(1000), 'a'.repeat(300)],
])('errorMessage() finds the words of %s', (_, body, message) => {
  expect(errorMessage(body)).toBe(message)
})
