import { createClient } from '@livepeer-ai/client'
import { toVtt } from '@livepeer-ai/client/captions'
import { livepeerStudio } from '@livepeer-ai/client/gateways'

// An app that passes files as React Native and its libraries hold them. It prints captions.

const { gatewayUrl, recordingPath, redirectingUrl, sentFiles } = globalThis
const client = createClient({ gateway: livepeerStudio, baseUrl: gatewayUrl, token: 'good' })
const bytes = new Uint8Array([73, 68, 51, 4])

const files = [
  [{ uri: `file://${recordingPath}`, name: 'talk.m4a', type: 'audio/mp4' }, 'talk.m4a', 'audio/mp4'],
  [{ uri: `file://${recordingPath}` }, 'a talk.mp3', 'audio/mpeg'],
  [recordingPath, 'a talk.mp3', 'audio/mpeg'],
  [`file://${recordingPath}`, 'a talk.mp3', 'audio/mpeg'],
  [{ uri: 'data:audio/mpeg;base64,SUQzBA==' }, 'audio', 'audio/mpeg'],
  [bytes, 'audio.mp3', 'audio/mpeg'],
  [bytes.buffer, 'audio.mp3', 'audio/mpeg'],
  [new Blob([bytes]), 'audio.mp3', 'audio/mpeg'],
  [Object.assign(new Response('ID3'), { url: 'https://host.example/100%.mp3' }), '100%.mp3', 'audio/mpeg'],
]

async function rejection(options, own = client) {
  return own.audioToText(options).then(
    () => 'no error',
    (error) => `${error.name}: ${error.message}`,
  )
}

function expect(actual, expected) {
  if (!expected.test(actual)) throw new Error(`${actual} is not ${expected}`)
}

async function main() {
  let text
  for (const [audio, name, type] of files) {
    text = toVtt(await client.audioToText({ audio, returnTimestamps: 'sentence' }))
    const part = sentFiles.at(-1)
    expect(`${part.name} ${part.type}`, new RegExp(`^${name} ${type}$`))
  }
  const seen = []
  await client.audioToText({ audio: bytes, onUploadProgress: ({ loaded }) => seen.push(loaded) })
  expect(String(seen), /^10$/)
  expect(await rejection({ audio: new Uint8Array() }), /^FileError: audio is empty/)
  expect(await rejection({ audio: Promise.resolve(bytes) }), /^FileError: .*did you forget await/)
  expect(await rejection({ audio: { stream: {} } }), /^FileError: audio is not a file/)
  expect(await rejection({ audio: bytes }, createClient({ baseUrl: redirectingUrl })), /its redirect is not followed/)
  expect(await rejection({ audio: bytes }, createClient({ baseUrl: 'http://127.0.0.1:1' })), /^NetworkError/)
  const aborted = new AbortController()
  const call = rejection({ audio: bytes, signal: aborted.signal })
  aborted.abort()
  expect(await call, /^AbortError/)
  expect(await rejection({ audio: bytes, signal: aborted.signal }), /^AbortError/)
  console.log(text)
}

void main()
