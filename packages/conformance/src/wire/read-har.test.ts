import { expect, test } from 'vitest'
import { context } from '../testing/respond.ts'
import { readHar } from './read-har.ts'

const token = 'tok-3n-0f-a-caller'

const record = (headers: Record<string, string>, postData?: object) =>
  JSON.stringify({
    log: {
      entries: [
        {
          request: {
            method: 'POST',
            url: 'https://gw.example/ai/audio-to-text?x=1',
            headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
            postData,
          },
          response: { status: 200 },
        },
      ],
    },
  })

const factsOf = (...recorded: Parameters<typeof record>) =>
  readHar(record(...recorded), context).map(({ request }) => request.facts)

test('takes the scheme, the media type and the origin from the headers', () => {
  const headers = {
    Authorization: `Bearer ${token}`,
    'Content-Type': 'multipart/form-data; boundary=b',
    Origin: 'https://page.example',
  }
  expect(factsOf(headers)).toMatchObject([
    {
      method: 'POST',
      path: '/audio-to-text',
      token: 'right',
      scheme: 'bearer',
      mediaType: 'multipart/form-data',
      origin: 'https://page.example',
    },
  ])
})

test('takes the fields and the names of the files from the parameters', () => {
  const params = [
    { name: 'audio', fileName: 'a.wav', contentType: 'audio/wav' },
    { name: 'metadata', value: `{"k":"${token}"}` },
  ]
  expect(factsOf({ Authorization: `Bearer ${token}` }, { params })).toMatchObject([
    { fields: { metadata: '{"k":"{token}"}' }, files: { audio: {} }, unknownPart: undefined },
  ])
})

test('recognizes a part that the contract does not have', () => {
  expect(factsOf({}, { params: [{ name: 'surprise', value: '1' }] })).toMatchObject([
    { token: 'none', unknownPart: 'surprise' },
  ])
})

test('knows nothing about the parts of a recording without parameters', () => {
  const [facts] = factsOf({}, { text: 'metadata={}' })
  expect([facts?.fields, facts?.files, facts?.unknownPart]).toEqual([undefined, undefined, undefined])
})
