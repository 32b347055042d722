import { schemas } from '@livepeer-ai/openapi/contract'
import { expect, test } from 'vitest'
import { createSecondJudge } from './second-judge.ts'

const judge = createSecondJudge()
const transcript = schemas['genAudioToText']!.responses['200']!['application/json']!

test.each([
  ['a transcript', '{"text":"a","chunks":[{"timestamp":[0,null],"text":"a"}]}', []],
  [
    'a second chunk without a timestamp',
    '{"text":"a","chunks":[{"timestamp":[],"text":"a"},{"text":"b"}]}',
    ['/chunks/1/timestamp'],
  ],
  ['a text that is a number', '{"text":5,"chunks":[]}', ['/text']],
  ['an empty body', '', ['']],
  ['half a body', '{"text":"a"', ['']],
])('locates the problems of %s', (_, body, pointers) => {
  expect(judge(transcript, body).map(({ pointer }) => pointer)).toEqual(pointers)
})
