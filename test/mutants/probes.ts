import { readFileSync } from 'node:fs'
import type { Step } from './send-steps.ts'
import { speechFolder } from './stub-transcriber.ts'

export const token = 'good'
export const maxBytes = 400_000

/** The steps of a probe on each of its connections: one after another, or `atOnce`. */
export interface Probe {
  connections: Step[][]
  atOnce?: boolean
}

const clip = (name: string) => readFileSync(new URL(name, speechFolder))
const speech = clip('austen-0880.wav')
const other = clip('austen-0890.wav')
const wav = (samples: Buffer, { channels = 1, rate = 16_000 } = {}) => {
  const header = Buffer.from(speech.subarray(0, 44))
  header.writeUInt32LE(36 + samples.length, 4)
  header.writeUInt16LE(channels, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate * channels * 2, 28)
  header.writeUInt16LE(channels * 2, 32)
  header.writeUInt32LE(samples.length, 40)
  return Buffer.concat([header, samples])
}
const samples = (file: Buffer) => file.subarray(44)
const silence = Buffer.alloc(32_000)

interface Sent {
  method?: string
  path?: string
  /** Additional header lines. */
  headers?: string[]
  authorization?: string | undefined
  accept?: string | undefined
  contentType?: string | undefined
  body?: string | Buffer
  /** If set, the connection is kept alive. */
  kept?: boolean
}

/** Returns a request as the bytes of HTTP/1.1. */
function request(sent: Sent): Buffer {
  const { method = 'POST', path = '/audio-to-text', headers = [], kept = false, body = '' } = sent
  const authorization = 'authorization' in sent ? sent.authorization : `Bearer ${token}`
  const accept = 'accept' in sent ? sent.accept : 'application/json'
  const bytes = Buffer.from(body)
  const isFramed = headers.some((line) => /^(transfer-encoding|content-length)/i.test(line))
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'Host: gateway.example',
    ...(kept ? [] : ['Connection: close']),
    ...(authorization === undefined ? [] : [`Authorization: ${authorization}`]),
    ...(accept === undefined ? [] : [`Accept: ${accept}`]),
    ...(sent.contentType === undefined ? [] : [`Content-Type: ${sent.contentType}`]),
    ...(isFramed || (!bytes.length && method !== 'POST') ? [] : [`Content-Length: ${bytes.length}`]),
    ...headers,
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), bytes])
}

interface Parts {
  boundary?: string
  /** The boundary parameter of the Content-Type. */
  announced?: string
  preamble?: string
  epilogue?: string
  padding?: string
  close?: boolean
  newline?: string
}

const part = (disposition: string, content: Buffer | string, ...headers: string[]) =>
  Buffer.concat([
    Buffer.from([`Content-Disposition: form-data; ${disposition}`, ...headers, '', ''].join('\r\n')),
    Buffer.from(content),
  ])
const file = (bytes: Buffer | string = speech, filename = 'clip.wav', type: string | null = 'audio/wav') =>
  part(`name="audio"; filename="${filename}"`, bytes, ...(type === null ? [] : [`Content-Type: ${type}`]))
const field = (name: string, value: string) => part(`name="${name}"`, value)

function form(parts: Buffer[], options: Parts = {}, sent: Sent = {}): Buffer {
  const { boundary = 'probe', preamble = '', epilogue = '', padding = '', close = true, newline = '\r\n' } = options
  const body = Buffer.concat([
    Buffer.from(preamble),
    ...parts.flatMap((one) => [Buffer.from(`--${boundary}${padding}${newline}`), one, Buffer.from('\r\n')]),
    Buffer.from(close ? `--${boundary}--\r\n${epilogue}` : ''),
  ])
  return request({
    contentType: `multipart/form-data; ${options.announced ?? `boundary=${boundary}`}`,
    ...sent,
    body,
  })
}

const one = (...steps: Step[]): Probe => ({ connections: [steps] })
const each = (...requests: Buffer[]): Probe => ({ connections: requests.map((bytes) => [bytes]) })
const plain = (sent: Sent): Probe => one(request(sent))
const post = (parts: Buffer[], options?: Parts, sent?: Sent): Probe => one(form(parts, options, sent))
const withFields = (fields: Record<string, string>): Probe =>
  post([...Object.entries(fields).map(([name, value]) => field(name, value)), file()])
const withFile = (...file_: Parameters<typeof file>): Probe => post([file(...file_)])
const auth = (authorization: string | undefined, sent: Sent = {}): Probe =>
  post([file()], {}, { authorization, ...sent })

const speechForm = form([file()])
const words = (bytes: Buffer) => form([field('return_timestamps', 'word'), file(bytes)])
const chunked = (body: Buffer, size: number) =>
  Buffer.concat([
    ...Array.from({ length: Math.ceil(body.length / size) }, (_, index) => {
      const bytes = body.subarray(index * size, (index + 1) * size)
      return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
    }),
    Buffer.from('0\r\n\r\n'),
  ])
const bodyOf = (bytes: Buffer) => bytes.subarray(bytes.indexOf('\r\n\r\n') + 4)
const hasAnswer = (received: string) => /HTTP\/1\.1 [2-5]\d\d[^]*\r\n\r\n/.test(received)

/** Requests that reveal defects, by a description. */
export const probes = {
  transcribe: one(speechForm),
  'transcribe words': withFields({ return_timestamps: 'word' }),
  'transcribe without times': withFields({ return_timestamps: 'false' }),
  'two clips': post([file(wav(Buffer.concat([samples(speech), samples(other)])))]),
  'two clips in words': one(words(wav(Buffer.concat([samples(speech), samples(other)])))),
  silence: withFile(wav(silence)),

  'capital path': plain({ path: '/Audio-To-Text' }),
  'path with NUL': plain({ path: '/audio-to-text%00' }),
  'unknown path': plain({ path: '/nothing-here' }),
  'query string': post([file()], {}, { path: '/audio-to-text?x=1' }),
  'trailing slash': plain({ path: '/audio-to-text/' }),
  'own description': plain({ method: 'GET', path: '/openapi.json' }),

  GET: plain({ method: 'GET' }),
  PUT: post([file()], {}, { method: 'PUT' }),
  DELETE: plain({ method: 'DELETE' }),
  HEAD: plain({ method: 'HEAD' }),
  OPTIONS: plain({ method: 'OPTIONS' }),
  TRACE: plain({ method: 'TRACE' }),
  'unknown method': plain({ method: 'PROPFIND' }),

  'no Accept': post([file()], {}, { accept: undefined }),
  'Accept of HTML': post([file()], {}, { accept: 'text/html' }),
  'Accept of HTML, then of JSON': each(form([file()], {}, { accept: 'text/html' }), speechForm),
  'JSON body': plain({ contentType: 'application/json', body: '{"audio":"UklGRg=="}' }),
  'form without files': plain({ contentType: 'application/x-www-form-urlencoded', body: 'audio=x' }),
  'raw recording': plain({ contentType: 'audio/wav', body: speech }),
  'untyped body': plain({ body: 'RIFF' }),
  'gzip accepted': post([file()], {}, { headers: ['Accept-Encoding: gzip'] }),
  'gzip sent': post([file()], {}, { headers: ['Content-Encoding: gzip'] }),

  'no token': auth(undefined),
  'wrong token': auth('Bearer wrong'),
  'empty token': auth('Bearer '),
  'beginning of the token': auth('Bearer go'),
  'token twice': auth(`Bearer ${token}${token}`),
  'Basic credentials': auth('Basic dXNlcjpwYXNz'),
  'bearer in small letters': auth(`bearer ${token}`),
  'token in the query': auth(undefined, { path: `/audio-to-text?access_token=${token}` }),
  'token in the form': post([field('access_token', token), file()], {}, { authorization: undefined }),
  'no token, and no recording': post([field('model_id', 'x')], {}, { authorization: undefined }),
  'no token, and 100 Continue awaited': one(
    speechForm
      .subarray(0, speechForm.indexOf('\r\n\r\n'))
      .toString()
      .replace(`Bearer ${token}`, 'Bearer wrong')
      .concat('\r\nExpect: 100-continue\r\n\r\n'),
    (received) => received !== '',
    bodyOf(speechForm),
  ),
  'two tokens': post([file()], {}, { headers: ['Authorization: Bearer wrong'] }),

  'no recording': post([field('model_id', '')]),
  'no parts': post([]),
  'no body': plain({ contentType: 'multipart/form-data; boundary=probe' }),
  'no boundary': plain({ contentType: 'multipart/form-data', body: bodyOf(speechForm) }),
  'quoted boundary': post([file()], { boundary: "a b'()+_,-./:=?z", announced: `boundary="a b'()+_,-./:=?z"` }),
  'boundary of 70': post([file()], { boundary: 'b'.repeat(70) }),
  'boundary of 71': post([file()], { boundary: 'b'.repeat(71) }),
  'unfinished form': post([file()], { close: false }),
  'other boundary': post([file()], { announced: 'boundary=another' }),
  preamble: post([file()], { preamble: 'This is a form.\r\n' }),
  epilogue: post([file()], { epilogue: 'That was a form.\r\n' }),
  padding: post([file()], { padding: ' \t ' }),
  'bare line feeds': post([file()], { newline: '\n' }),
  'unknown field': withFields({ colour: 'blue' }),
  'repeated field': post([field('model_id', ''), field('model_id', ''), file()]),
  'two recordings': post([file(), file()]),
  'recording as text': post([part('name="audio"', 'hello')]),
  'empty recording': withFile(''),
  'fields after the recording': post([file(), field('return_timestamps', 'word')]),
  'file name in Chinese': withFile(speech, '录音.wav'),
  'file name in capitals': withFile(speech, 'CLIP.WAV'),
  'file name with a quote': withFile(speech, 'a%22b.wav'),
  'file name extended': post([
    part(`name="audio"; filename="x.wav"; filename*=UTF-8''a.wav`, speech, 'Content-Type: audio/wav'),
  ]),
  'file name is a path': withFile(speech, '../../etc/passwd'),
  'recording without a type': withFile(speech, 'clip.wav', null),
  'recording as octets': withFile(speech, 'clip.wav', 'application/octet-stream'),
  'part with more headers': post([
    part('name="audio"; filename="a.wav"', speech, 'Content-Type: audio/wav', 'X-More: 1'),
  ]),
  'chunked body': one(
    Buffer.concat([
      request({ contentType: 'multipart/form-data; boundary=probe', headers: ['Transfer-Encoding: chunked'] }),
      chunked(bodyOf(speechForm), 10_007),
    ]),
  ),
  'dashes in the recording': withFile(wav(Buffer.concat([samples(speech), Buffer.from('\r\n--prob'), samples(other)]))),
  'many parts': post([...Array.from({ length: 60 }, (_, index) => field(`x${index}`, '')), file()]),
  'large part header': post([part('name="audio"; filename="a.wav"', speech, `X-Long: ${'x'.repeat(9000)}`)]),
  'over the limit': withFile(wav(Buffer.alloc(maxBytes))),
  'at the limit': withFile(wav(Buffer.alloc(maxBytes - 44))),
  'long preamble': post([file()], { preamble: `${'x'.repeat(2 ** 20)}\r\n` }),
  'recording called file': post([part('name="file"; filename="a.wav"', speech, 'Content-Type: audio/wav')]),

  'empty model': withFields({ model_id: '' }),
  'unknown model': withFields({ model_id: 'does-not/exist' }),
  'long model': withFields({ model_id: 'm'.repeat(10_000) }),
  'timestamps=true': withFields({ return_timestamps: 'true' }),
  'timestamps=sentence': withFields({ return_timestamps: 'sentence' }),
  'timestamps=TRUE': withFields({ return_timestamps: 'TRUE' }),
  'timestamps=banana': withFields({ return_timestamps: 'banana' }),
  'metadata={}': withFields({ metadata: '{}' }),
  'metadata with content': withFields({ metadata: '{"k":"v"}' }),
  'metadata in Chinese': withFields({ metadata: '{"k":"值"}' }),
  'malformed metadata': withFields({ metadata: 'not json' }),
  'negative duration': withFields({ metadata: '{"duration":-1}' }),
  'short duration in words': withFields({ metadata: '{"duration":1}', return_timestamps: 'word' }),
  'field with a charset': post([part('name="model_id"', '', 'Content-Type: text/plain; charset=utf-16'), file()]),

  'stereo WAV': withFile(wav(samples(speech), { channels: 2 })),
  MP3: withFile(clip('austen-0930.mp3'), 'clip.mp3', 'audio/mpeg'),
  FLAC: withFile(clip('austen-0930.flac'), 'clip.flac', 'audio/flac'),
  M4A: withFile(clip('austen-0930.m4a'), 'clip.m4a', 'audio/mp4'),
  WebM: withFile(clip('austen-0930.webm'), 'clip.webm', 'audio/webm'),
  Ogg: withFile(clip('austen-0930.ogg'), 'clip.ogg', 'audio/ogg'),
  'WAV called MP3': withFile(speech, 'clip.mp3', 'audio/mpeg'),
  'text called WAV': withFile('This is no recording.'),
  'MP4 without sound': withFile(Buffer.from('\0\0\0\x18ftypmp42'), 'clip.mp4', 'video/mp4'),
  'WAV cut short': withFile(speech.subarray(0, 40_000)),
  'WAV header': withFile(speech.subarray(0, 44)),
  'half a second': withFile(wav(silence.subarray(0, 16_000))),

  'no recording, three times': each(...Array.from({ length: 3 }, () => form([field('model_id', '')]))),
  'call from a page': post([file()], {}, { headers: ['Origin: https://page.example'] }),
  'call from a page without a token': post(
    [file()],
    {},
    { headers: ['Origin: https://page.example'], authorization: undefined },
  ),
  preflight: plain({
    method: 'OPTIONS',
    authorization: undefined,
    headers: [
      'Origin: https://page.example',
      'Access-Control-Request-Method: POST',
      'Access-Control-Request-Headers: authorization',
    ],
  }),
  'two at once': { connections: [[words(speech)], [words(other)]], atOnce: true },

  'two on one connection': one(
    form([field('return_timestamps', 'false'), file()], {}, { kept: true }),
    hasAnswer,
    request({ method: 'GET' }),
  ),
  '100 Continue awaited': one(
    speechForm.subarray(0, speechForm.indexOf('\r\n\r\n')).toString().concat('\r\nExpect: 100-continue\r\n\r\n'),
    (received) => received !== '',
    bodyOf(speechForm),
  ),
  'the same twice': each(speechForm, speechForm),
  'six times': each(...Array.from({ length: 6 }, () => speechForm)),
  'with times, then without': each(speechForm, form([field('return_timestamps', 'false'), file()])),
  'broken off, then whole': {
    connections: [
      [speechForm.subarray(0, 20_000), 100, null],
      [100, speechForm],
    ],
  },
  'slow upload': one(
    speechForm.subarray(0, 30_000),
    600,
    speechForm.subarray(30_000, 60_000),
    600,
    speechForm.subarray(60_000),
  ),
} satisfies Record<string, Probe>
