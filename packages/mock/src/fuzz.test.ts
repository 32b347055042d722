import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { startMock } from './index.ts'

/** Time limit for a response. */
const patienceMs = 5_000

/** Sends bytes and returns the status of the response. Rejects if there is none in time. */
function send(port: number, bytes: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => void socket.write(bytes))
    const timer = setTimeout(() => {
      socket.destroy()
      reject(new Error(`No answer within ${patienceMs} ms to ${JSON.stringify(bytes.toString('latin1'))}`))
    }, patienceMs)
    socket.once('data', (chunk) => {
      clearTimeout(timer)
      socket.destroy()
      resolve(Number(chunk.toString('latin1', 9, 12)))
    })
    socket.on('error', () => {})
  })
}

test('answers 5,000 damaged requests within 5 s each and without a 5xx', { timeout: 240_000 }, async () => {
  await using mock = await startMock({ port: 0, maxBytes: 10_000 })
  const port = Number(new URL(mock.url).port)
  // A seeded generator, so that every run sends the same requests.
  let seed = 2026
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    // The low bits have a short period.
    return (seed >>> 12) % below
  }
  const pick = <T>(values: readonly T[]): T => values[random(values.length)]!
  const part = (head: string, content: string) => `--b\r\n${head}\r\n\r\n${content}\r\n`
  const parts = [
    part('Content-Disposition: form-data; name="audio"; filename="a.wav"', 'RIFF'),
    part('Content-Disposition: form-data; name="audio"; filename="a.wav"\r\nContent-Type: audio/wav', 'RIFF\0\u00ff'),
    part('Content-Disposition: form-data; name="return_timestamps"', 'word'),
    part('Content-Disposition: form-data; name="metadata"\r\nContent-Type: application/json', '{"a":'),
    part('Content-Disposition: form-data; name="model_id"', '\u00e4'.repeat(50)),
  ]
  const request = (): Buffer => {
    const body = pick([
      () => `${Array.from({ length: 1 + random(4) }, () => pick(parts)).join('')}--b--\r\n`,
      () => pick(['{"audio":', '[', 'null', '"', '{}']),
      () => 'audio=1&metadata=%zz',
      () => '',
    ])()
    const damaged = Buffer.from(body, 'latin1')
    if (damaged.length) for (let times = random(4); times > 0; times--) damaged[random(damaged.length)] = random(256)
    const cut = random(4) ? damaged : damaged.subarray(0, random(damaged.length + 1))
    const head = [
      `${pick(['POST', 'POST', 'POST', 'POST', 'PUT', 'DELETE'])} ${pick(['/audio-to-text', '/audio-to-text', '/audio-to-text/', '/%zz', '//', '/audio-to-text?__code=400&a=%'])} HTTP/1.1`,
      'Host: x',
      `Content-Type: ${pick(['multipart/form-data; boundary=b', 'multipart/form-data; boundary=b', 'multipart/form-data', 'application/json', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary="', 'text/plain;;'])}`,
      `Authorization: ${pick(['Bearer x', 'Bearer x', 'bearer x', 'Bearer', 'Basic eA==', ''])}`,
      `Accept: ${pick(['*/*', '*/*', 'text/html', 'application/json;q=x', ',;,'])}`,
      `Prefer: ${pick(['', 'code=400', 'dynamic=true, seed=7', 'example="', 'code=99', 'code=, ;'])}`,
      `Content-Length: ${cut.length}`,
    ]
    return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), cut])
  }
  const statuses: Record<number, number> = {}
  const work = async () => {
    for (let round = 0; round < 500; round++) {
      const status = await send(port, request())
      statuses[status] = (statuses[status] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: 10 }, work))
  expect(Object.values(statuses).reduce((sum, count) => sum + count)).toBe(5_000)
  expect(Object.keys(statuses).filter((status) => !/^[24]\d\d$/.test(status))).toEqual([])
  // The requests reach all layers of the mock.
  expect(Object.keys(statuses)).toEqual(
    expect.arrayContaining(['200', '400', '401', '404', '405', '406', '415', '422']),
  )
})
