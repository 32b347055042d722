import { once } from 'node:events'
import busboy from 'busboy'
import { expect, test } from 'vitest'
import { collect, readMultipart } from './multipart.ts'

interface Parts {
  fields: Record<string, string>
  files: { name: string; filename: string | undefined; mediaType: string; bytes: string }[]
}

const contentType = 'multipart/form-data; boundary="a b:c"'
const delimiter = '--a b:c'

async function* inChunks(bytes: Buffer, sizes: () => number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length;) {
    const end = start + sizes()
    yield bytes.subarray(start, end)
    start = end
  }
}

async function ours(chunks: AsyncIterable<Uint8Array>): Promise<Parts> {
  const { fields, files } = await readMultipart(chunks, contentType, 1e6, collect)
  return {
    fields,
    files: files.map(({ name, filename, mediaType, value }) => ({
      name,
      filename,
      mediaType,
      bytes: Buffer.from(value).toString('hex'),
    })),
  }
}

/** Returns the parts as busboy reads them, the parser of most web frameworks for Node. */
async function theirs(bytes: Buffer): Promise<Parts> {
  const parts: Parts = { fields: {}, files: [] }
  const parser = busboy({ headers: { 'content-type': contentType }, defParamCharset: 'utf8' })
  parser.on('field', (name, value) => (parts.fields[name] = value))
  parser.on('file', (name, stream, { filename, mimeType: mediaType }) => {
    const file = { name, filename, mediaType, bytes: '' }
    parts.files.push(file)
    stream.on('data', (chunk: Buffer) => (file.bytes += chunk.toString('hex')))
  })
  parser.end(bytes)
  await once(parser, 'close')
  return parts
}

test('reads 400 forms like busboy, however their bytes are split', async () => {
  // A seeded generator, so that every run reads the same forms.
  let seed = 11
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    // The low bits have a short period.
    return (seed >>> 12) % below
  }
  const pick = <T>(values: T[]): T => values[random(values.length)]!
  // Contents with many beginnings of a delimiter.
  const content = () =>
    Array.from({ length: random(6) }, () =>
      pick(['\r\n--a b', '\r', '\n', '\r\n-', 'x', 'ü', '\r\n\r\n', '--', '\0']),
    ).join('')
  const head = () =>
    pick([
      'Content-Disposition: form-data; name="audio"; filename="clip.wav"\r\nContent-Type: audio/wav; x=y',
      'content-disposition: form-data; filename="t\\"a.wav"; name=audio',
      `Content-Disposition: form-data; name="audio"; filename="x.wav"; filename*=UTF-8''na%C3%AFve.wav`,
      'Content-Disposition: form-data; name="audio"; filename="C:\\\\music\\\\clip.wav"',
      'Content-Type: application/octet-stream\r\nContent-Disposition: form-data; name="raw"',
      'Content-Disposition: form-data; name="model_id"',
      'Content-Disposition: form-data; name="größe"\r\nContent-Type: text/plain; charset=utf-8\r\nX-Other: 1',
    ])
  for (let round = 0; round < 400; round++) {
    const parts = Array.from({ length: random(4) + 1 }, () => `${delimiter}\r\n${head()}\r\n\r\n${content()}\r\n`)
    const bytes = Buffer.from(
      `${pick(['', '', 'preamble\r\n'])}${parts.join('')}${delimiter}--${pick(['\r\n', '', '\r\nend'])}`,
    )
    const size = pick([1, 2, 7, 1000])
    expect(await ours(inChunks(bytes, () => 1 + random(size)))).toEqual(await theirs(bytes))
  }
})

test.each([
  ['a body that ends too early', `${delimiter}\r\nContent-Disposition: form-data; name="a"\r\n\r\nx`, 'Unexpected end'],
  ['a delimiter line with extra text', `${delimiter}d\r\nContent-Disposition: form-data; name="a"\r\n\r\nx`, 'goes on'],
  ['a header without a colon', `${delimiter}\r\nContent-Disposition\r\n\r\nx`, 'Malformed part header'],
  ['headers without an end', `${delimiter}\r\nX: ${'y'.repeat(20_000)}`, 'headers of a part are too large'],
])('returns 400 for %s', async (_, text, message) => {
  const reading = ours(inChunks(Buffer.from(text), () => 1000))
  await expect(reading).rejects.toMatchObject({ status: 400, message: expect.stringContaining(message) })
})

const field = (name: string) => `${delimiter}\r\nContent-Disposition: form-data; ${name}\r\n\r\n`

test.each<[string, string, Partial<Parts>]>([
  ['an empty part without its own line end', `${field('name="a"')}${delimiter}\r\n\r\n`, { fields: { a: '' } }],
  ['an empty last part without its own line end', field('name="a"'), { fields: { a: '' } }],
  ['a part that begins like a delimiter', `${field('name="a"')}${delimiter}d\r\n`, { fields: { a: `${delimiter}d` } }],
  ['a name that a browser has encoded', `${field('name="a%22%0D%0a%2"')}x\r\n`, { fields: { 'a"\r\n%2': 'x' } }],
  ['a name that ends with a backslash', `${field('name="a\\"')}x\r\n`, { fields: { 'a\\': 'x' } }],
  ['an escaped quotation mark at the end', `${field('name="a\\""')}x\r\n`, { fields: { 'a"': 'x' } }],
  ['a name with a semicolon', `${field('name="a;b=c"; x')}x\r\n`, { fields: { 'a;b=c': 'x' } }],
  [
    'a filename that ends with a backslash',
    `${field('filename="a\\"; name="b"')}x\r\n`,
    { files: [{ name: 'b', filename: 'a', mediaType: 'text/plain', bytes: '78' }] },
  ],
  [
    'folded headers',
    `${delimiter}\r\nContent-Disposition: form-data;\r\n\tname="a";\r\n filename="b"\r\nContent-Type:\r\n audio/wav\r\n\r\nx\r\n`,
    { files: [{ name: 'a', filename: 'b', mediaType: 'audio/wav', bytes: '78' }] },
  ],
])('reads %s', async (_, part, { fields = {}, files = [] }) => {
  // Bytes one by one, and together.
  for (const size of [1, 1000])
    expect(await ours(inChunks(Buffer.from(`${part}${delimiter}--`), () => size))).toEqual({ fields, files })
})

test('reads a list of 500 parts, and refuses 2,000', async () => {
  const read = (count: number) => {
    const text = `${`${field('name="a"')}x\r\n`.repeat(count)}${delimiter}--`
    return readMultipart(
      inChunks(Buffer.from(text), () => 10_000),
      contentType,
      1e6,
      collect,
    )
  }
  expect((await read(500)).texts).toHaveLength(500)
  await expect(read(2000)).rejects.toMatchObject({ status: 413, message: 'More than 1000 fields.' })
})

test('reads a header of many backslashes without delay', async () => {
  const text = `${field(`name="${'\\'.repeat(15_000)}`)}x\r\n${delimiter}--`
  expect(await ours(inChunks(Buffer.from(text), () => 1000))).toEqual({ fields: { '': 'x' }, files: [] })
})

test('discards and counts bytes that a receiver leaves unread', async () => {
  const text = `${delimiter}\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\n${'x'.repeat(5000)}\r\n${delimiter}\r\nContent-Disposition: form-data; name="b"\r\n\r\ny\r\n${delimiter}--`
  const read = await readMultipart(
    inChunks(Buffer.from(text), () => 900),
    contentType,
    1e6,
    async (_, bytes) => {
      for await (const chunk of bytes) return chunk.length
      return 0
    },
  )
  expect(read).toEqual({
    fields: { b: 'y' },
    texts: [{ name: 'b', value: 'y', mediaType: 'text/plain' }],
    files: [
      { name: 'a', filename: 'a', mediaType: 'text/plain', isTyped: false, size: 5000, value: expect.any(Number) },
    ],
  })
})
